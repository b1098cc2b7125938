/**
 * What every card reader can be asked, whatever its wire speaks: the line between the card's business (what is read and
 * written, in which order, what that proves) and a reader's protocol (frames, checks, repeats, time).
 */
export type ReaderRequest =
  /** Bring the card into a known place with its contacts on, where the reader moves it or holds it; power stays off. */
  | { do: 'hold' }
  /** A cold reset: begins a new session. Answered with `reset`. */
  | { do: 'powerOn' }
  /** One command to a CPU card. Answered with `answer`; the reader's own T=0 work (61xx, 6Cxx) is not relied upon. */
  | { do: 'transmit'; apdu: Uint8Array }
  /** The main memory of a memory card, whole. Answered with `memory`. */
  | { do: 'readMemory' }
  | { do: 'powerOff' }
  /** Give the card back. */
  | { do: 'eject' };

export type ReaderReply =
  | { ok: 'done' }
  | { ok: 'reset'; chip: 'cpu' | 'sle4442' | 'unknown'; answerToReset: Uint8Array }
  | { ok: 'answer'; bytes: Uint8Array }
  | { ok: 'memory'; bytes: Uint8Array }
  | { failed: ReaderFailure; detail: string };

/**
 * Why a request was not done. `sent`: it had reached the card, or may have. Only `refused` and `noCard` before the first byte
 * prove that it had not.
 */
export type ReaderFailure = {
  why:
    | 'noCard'
    /** The chip does not answer: the wrong way round, dirty contacts, no chip. */
    | 'mute'
    | 'jammed'
    /** The reader itself will not: an error of sequence, a command it does not know. */
    | 'refused'
    /** The line is lost or the reader does not answer any more. */
    | 'silent'
    | 'hardware';
  sent: boolean;
};

/** What a protocol tells unasked, as soon as it knows. */
export interface ReaderState {
  media: 'present' | 'notPresent' | 'jammed' | 'unknown';
}

/** What a protocol does to the world. There is one timer: a new time replaces the old one, `undefined` stops it. */
export interface ReaderPort {
  write(bytes: Uint8Array): void;
  setTimer(ms: number | undefined): void;
  /** The reader has been reset, tested and can be asked; again after each reconnection. */
  ready(): void;
  stateChanged(state: ReaderState): void;
  /** The reader is silent: close the connection and open a new one. */
  reopen(reason: string): void;
}

/** One reader protocol: a synchronous state machine without clock and I/O. */
export interface ReaderProtocol {
  model: string;
  /** The card can't be pulled out while it is held. */
  holdsCard: boolean;
  cards: ('cpu' | 'sle4442')[];
  /** One at a time; `reply` is called once, maybe within the call. While none is under way the protocol polls the media by itself. */
  request(request: ReaderRequest, reply: (reply: ReaderReply) => void): void;
  opened(): void;
  lost(reason: string): void;
  bytes(chunk: Uint8Array): void;
  timer(): void;
}

/** A protocol begins closed, without a connection. */
export type CreateReaderProtocol = (port: ReaderPort) => ReaderProtocol;

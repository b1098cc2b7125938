import type { Slot } from './slot.ts';

/** At the chip of the memory card in the slot, wherever it lies: somebody else has tried. Throws where there is none. */
export function showWrongCodes({ card }: Slot, tries: number): void {
  const chip = card?.chip;
  if (chip?.kind !== 'sle4442') throw new Error('there is no SLE4442 in the reader: put one in first');
  chip.powerOn();
  // Not FF FF FF, which is the code of a new card.
  for (let i = 0; i < tries; i++) chip.verify(Uint8Array.of(0x13, 0x57, 0x9b));
  chip.powerOff();
}

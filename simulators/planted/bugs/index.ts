import type { PlantedBug } from '../bug.ts';
import { acceptedTwice } from './accepted-twice.ts';
import { alertForEver } from './alert-for-ever.ts';
import { answerToInquiryIsLost } from './answer-to-inquiry-is-lost.ts';
import { answeredBeforeDurable } from './answered-before-durable.ts';
import { anyPrinterWillDo } from './any-printer-will-do.ts';
import { asksBySendingAgain } from './asks-by-sending-again.ts';
import { backoffWithoutACap } from './backoff-without-a-cap.ts';
import { balanceOfAVoid } from './balance-of-a-void.ts';
import { beatsAreNotHeard } from './beats-are-not-heard.ts';
import { captureLessACommission } from './capture-less-a-commission.ts';
import { captureOverwritesHold } from './capture-overwrites-hold.ts';
import { cardAcceptedIsWritten } from './card-accepted-is-written.ts';
import { cardAnyReadingDecides } from './card-any-reading-decides.ts';
import { cardBoundToTheSlot } from './card-bound-to-the-slot.ts';
import { cardCancelledWhenWritten } from './card-cancelled-when-written.ts';
import { cardCapturedWhenOrdered } from './card-captured-when-ordered.ts';
import { cardConfirmGivenUp } from './card-confirm-given-up.ts';
import { cardCountUnchecked } from './card-count-unchecked.ts';
import { cardDoubtLostAtRestart } from './card-doubt-lost-at-restart.ts';
import { cardFailedReadDisproves } from './card-failed-read-disproves.ts';
import { cardLeftAloneIsOver } from './card-left-alone-is-over.ts';
import { cardNotFoundOnce } from './card-not-found-once.ts';
import { cardOrderedAgainWhenUnconfirmed } from './card-ordered-again-when-unconfirmed.ts';
import { cardReadBackSkipped } from './card-read-back-skipped.ts';
import { cardRefundByTimeout } from './card-refund-by-timeout.ts';
import { cardReleasedBeforeCancelled } from './card-released-before-cancelled.ts';
import { cardSealReused } from './card-seal-reused.ts';
import { cardSecondOrder } from './card-second-order.ts';
import { cardTakenBackInDoubt } from './card-taken-back-in-doubt.ts';
import { cardVoidAfterTheMeter } from './card-void-after-the-meter.ts';
import { cardVoidOfAnotherOutlet } from './card-void-of-another-outlet.ts';
import { cardVoidPaidBeforeConfirmed } from './card-void-paid-before-confirmed.ts';
import { cardVoidPaysBackLess } from './card-void-pays-back-less.ts';
import { cardVoidTakenBackInDoubt } from './card-void-taken-back-in-doubt.ts';
import { cardWalletFirst } from './card-wallet-first.ts';
import { cardWriteFailureBelieved } from './card-write-failure-believed.ts';
import { caseOpenedTwice } from './case-opened-twice.ts';
import { chainForgetsTheBlockBefore } from './chain-forgets-the-block-before.ts';
import { clockStepOpensADayAgain } from './clock-step-opens-a-day-again.ts';
import { commissionOffThePurchase } from './commission-off-the-purchase.ts';
import { creditWithoutWhatIsHeld } from './credit-without-what-is-held.ts';
import { cutDatesAtTheEnd } from './cut-dates-at-the-end.ts';
import { cutWaitsForEverybody } from './cut-waits-for-everybody.ts';
import { dateByTheWallCalendar } from './date-by-the-wall-calendar.ts';
import { declineKeepsTheHold } from './decline-keeps-the-hold.ts';
import { declineSpendsTheCredit } from './decline-spends-the-credit.ts';
import { driverForgetsItsKeys } from './driver-forgets-its-keys.ts';
import { endedKeysAreForgotten } from './ended-keys-are-forgotten.ts';
import { freshKeyOnRetry } from './fresh-key-on-retry.ts';
import { fsyncErrorIgnored } from './fsync-error-ignored.ts';
import { inquiryOffTheRecord } from './inquiry-off-the-record.ts';
import { keyIsTheJournalNumber } from './key-is-the-journal-number.ts';
import { ladderNeverEnds } from './ladder-never-ends.ts';
import { lateNewsIgnored } from './late-news-ignored.ts';
import { lateSuccessOverturns } from './late-success-overturns.ts';
import { misfitIsSuccess } from './misfit-is-success.ts';
import { notFoundAfterProcessing } from './not-found-after-processing.ts';
import { notFoundCountedTwice } from './not-found-counted-twice.ts';
import { notFoundIsFailure } from './not-found-is-failure.ts';
import { onePaymentAtATime } from './one-payment-at-a-time.ts';
import { outboxOneBlockEarly } from './outbox-one-block-early.ts';
import { phoneNumberOnPaper } from './phone-number-on-paper.ts';
import { printerAskedForEver } from './printer-asked-for-ever.ts';
import { readBeforeDurable } from './read-before-durable.ts';
import { receiptBeforeCommit } from './receipt-before-commit.ts';
import { receiptNumberOfTheOrderDay } from './receipt-number-of-the-order-day.ts';
import { receiptNumberSkipped } from './receipt-number-skipped.ts';
import { receiptOfTheLastCustomer } from './receipt-of-the-last-customer.ts';
import { recoveryForgetsItsTimers } from './recovery-forgets-its-timers.ts';
import { refusalIsNotAnswered } from './refusal-is-not-answered.ts';
import { releaseHalfPosted } from './release-half-posted.ts';
import { repeatIsANewOrder } from './repeat-is-a-new-order.ts';
import { repeatIsNotAnswered } from './repeat-is-not-answered.ts';
import { repeatIsRefused } from './repeat-is-refused.ts';
import { repeatedCallbackPostsTwice } from './repeated-callback-posts-twice.ts';
import { replayPostsNothingLate } from './replay-posts-nothing-late.ts';
import { replaySkipsTheLastRecord } from './replay-skips-the-last-record.ts';
import { reprintAsOriginal } from './reprint-as-original.ts';
import { reprintPostsAgain } from './reprint-posts-again.ts';
import { restartDisprovesThePrint } from './restart-disproves-the-print.ts';
import { restartWaitsForTheLadder } from './restart-waits-for-the-ladder.ts';
import { rowLostInTheCut } from './row-lost-in-the-cut.ts';
import { sameMinuteNotFoundTwice } from './same-minute-not-found-twice.ts';
import { secondCutNeverComes } from './second-cut-never-comes.ts';
import { sentBeforeDurable } from './sent-before-durable.ts';
import { silenceIsForEver } from './silence-is-for-ever.ts';
import { snapshotForgetsHolds } from './snapshot-forgets-holds.ts';
import { snapshotForgetsReceiptNumbers } from './snapshot-forgets-receipt-numbers.ts';
import { snapshotForgetsWhoLives } from './snapshot-forgets-who-lives.ts';
import { startCutsAgain } from './start-cuts-again.ts';
import { tamperedChainAccepted } from './tampered-chain-accepted.ts';
import { timeoutIsFailure } from './timeout-is-failure.ts';
import { toldAmountIsTrusted } from './told-amount-is-trusted.ts';
import { uncertainSheetPrintedAgain } from './uncertain-sheet-printed-again.ts';
import { unknownIsFailure } from './unknown-is-failure.ts';
import { voidMovesWithinOneAccount } from './void-moves-within-one-account.ts';
import { voidOfAnotherDay } from './void-of-another-day.ts';
import { voidTwice } from './void-twice.ts';
import { voidWithoutLookingAtCredit } from './void-without-looking-at-credit.ts';
import { willIsFailure } from './will-is-failure.ts';

/** Every planted bug of the platform and the endpoints, by the invariant that must kill it. */
export const BUGS: readonly PlantedBug[] = [
  captureOverwritesHold,
  voidMovesWithinOneAccount,
  releaseHalfPosted,
  repeatedCallbackPostsTwice,
  declineKeepsTheHold,
  freshKeyOnRetry,
  sentBeforeDurable,
  receiptBeforeCommit,
  answeredBeforeDurable,
  outboxOneBlockEarly,
  timeoutIsFailure,
  notFoundIsFailure,
  sameMinuteNotFoundTwice,
  unknownIsFailure,
  willIsFailure,
  toldAmountIsTrusted,
  misfitIsSuccess,
  lateNewsIgnored,
  lateSuccessOverturns,
  cardRefundByTimeout,
  cardTakenBackInDoubt,
  cardFailedReadDisproves,
  cardWriteFailureBelieved,
  cardAcceptedIsWritten,
  cardCapturedWhenOrdered,
  cardSecondOrder,
  cardDoubtLostAtRestart,
  cardReadBackSkipped,
  cardVoidAfterTheMeter,
  cardVoidPaysBackLess,
  cardConfirmGivenUp,
  caseOpenedTwice,
  notFoundAfterProcessing,
  notFoundCountedTwice,
  repeatIsANewOrder,
  acceptedTwice,
  replaySkipsTheLastRecord,
  replayPostsNothingLate,
  snapshotForgetsHolds,
  receiptNumberSkipped,
  reprintAsOriginal,
  uncertainSheetPrintedAgain,
  driverForgetsItsKeys,
  endedKeysAreForgotten,
  restartDisprovesThePrint,
  receiptNumberOfTheOrderDay,
  cutDatesAtTheEnd,
  dateByTheWallCalendar,
  clockStepOpensADayAgain,
  creditWithoutWhatIsHeld,
  voidWithoutLookingAtCredit,
  voidTwice,
  voidOfAnotherDay,
  tamperedChainAccepted,
  chainForgetsTheBlockBefore,
  inquiryOffTheRecord,
  phoneNumberOnPaper,
  receiptOfTheLastCustomer,
  declineSpendsTheCredit,
  commissionOffThePurchase,
  ladderNeverEnds,
  answerToInquiryIsLost,
  refusalIsNotAnswered,
  repeatIsNotAnswered,
  repeatIsRefused,
  backoffWithoutACap,
  alertForEver,
  printerAskedForEver,
  silenceIsForEver,
  cutWaitsForEverybody,
  secondCutNeverComes,
  restartWaitsForTheLadder,
  rowLostInTheCut,
  recoveryForgetsItsTimers,
  onePaymentAtATime,
  reprintPostsAgain,
  captureLessACommission,
  asksBySendingAgain,
  keyIsTheJournalNumber,
  fsyncErrorIgnored,
  snapshotForgetsReceiptNumbers,
  snapshotForgetsWhoLives,
  startCutsAgain,
  anyPrinterWillDo,
  balanceOfAVoid,
  beatsAreNotHeard,
  readBeforeDurable,
  cardBoundToTheSlot,
  cardCountUnchecked,
  cardOrderedAgainWhenUnconfirmed,
  cardCancelledWhenWritten,
  cardSealReused,
  cardReleasedBeforeCancelled,
  cardVoidPaidBeforeConfirmed,
  cardVoidOfAnotherOutlet,
  cardAnyReadingDecides,
  cardNotFoundOnce,
  cardWalletFirst,
  cardVoidTakenBackInDoubt,
  cardLeftAloneIsOver,
];

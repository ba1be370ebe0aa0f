const MIN_REASON_LENGTH = 4;

/** Whether the API takes it as a reason. */
export function isReason(text: string): boolean {
  return text.trim().length >= MIN_REASON_LENGTH;
}

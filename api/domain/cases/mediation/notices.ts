/** The words of a reminder on a phone; they name nobody. */
export function mediationNotice(kind: 'due_tomorrow' | 'overdue', requestNumber: string): string {
  return kind === 'due_tomorrow'
    ? `鹭驿：案号 ${requestNumber} 的期限明天届满，请登录查看并及时处理。`
    : `鹭驿：案号 ${requestNumber} 的期限已过，已列入督办清单，请登录查看。`;
}

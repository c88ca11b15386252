/** Whether what stands behind the `#` of an address is an answer of Entra ID: a code, or why there is none. */
export function isReturn(hash: string): boolean {
  const answer = new URLSearchParams(hash.replace(/^#/, ''));
  return answer.has('state') && (answer.has('code') || answer.has('error'));
}

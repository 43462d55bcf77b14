/** A fresh name for an attempt that must happen once. (crypto.randomUUID is not there on plain HTTP.) */
export function newAttempt(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

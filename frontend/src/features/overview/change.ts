/** How a figure stands to the period before, in words: "+8 % on the period before", "as before", "none before". */
export function change(now: number, before: number): { text: string; direction: 'up' | 'down' | 'same' } {
  if (now === before) return { text: 'as before', direction: 'same' };
  if (before === 0) return { text: 'none before', direction: 'up' };
  const percent = (100 * (now - before)) / before;
  const rounded = Math.abs(percent) < 10 ? Math.abs(percent).toFixed(1) : Math.round(Math.abs(percent)).toString();
  return percent > 0
    ? { text: `+${rounded} % on the period before`, direction: 'up' }
    : { text: `−${rounded} % on the period before`, direction: 'down' };
}

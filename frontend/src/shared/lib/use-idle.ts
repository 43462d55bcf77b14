import { useEffect, useState } from 'react';

/** What is in sight is painted and answers the first key before anything else begins, in ms. */
const leadMs = 400;

/** Whether the browser had nothing more urgent to do since a moment after `isOn`. */
export function useIdle(isOn: boolean): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    if (!isOn || isIdle) return;
    let turn: number | undefined;
    const timer = setTimeout(() => {
      if (typeof requestIdleCallback === 'function') turn = requestIdleCallback(() => setIdle(true), { timeout: 2000 });
      else setIdle(true); // Safari
    }, leadMs);
    return () => {
      clearTimeout(timer);
      if (turn !== undefined) cancelIdleCallback(turn);
    };
  }, [isOn, isIdle]);
  return isIdle;
}

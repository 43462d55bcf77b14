import { useEffect, useState } from 'react';

/** Whether the browser had nothing more urgent to do since `isOn`. */
export function useIdle(isOn: boolean): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    if (!isOn || isIdle) return;
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(() => setIdle(true), 200); // Safari
      return () => clearTimeout(timer);
    }
    const turn = requestIdleCallback(() => setIdle(true), { timeout: 2000 });
    return () => cancelIdleCallback(turn);
  }, [isOn, isIdle]);
  return isIdle;
}

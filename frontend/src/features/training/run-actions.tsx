import { Button } from '@mantine/core';
import { useState } from 'react';
import { TrainingRunCancelDocument, TrainingRunDeleteDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { useToast } from '~/shared/ui/toast';

/** Stops a run that waits or goes on. */
export function StopButton({ runId, isAsked, onStopped }: { runId: string; isAsked: boolean; onStopped?(): void }) {
  const cancel = useCommand(TrainingRunCancelDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    const { data, error } = await cancel({ input: { runId } });
    setBusy(false);
    const wrong = error?.message ?? data?.trainingRunCancel.userErrors[0]?.message;
    if (wrong) say(wrong, 'failed');
    else onStopped?.();
  };
  return (
    <Button variant="default" size="xs" loading={isBusy || isAsked} onClick={stop}>
      Stop the run
    </Button>
  );
}

/** Forgets a run that is over; the second press does it. */
export function ForgetButton({ runId, name, onDone }: { runId: string; name: string; onDone(): void }) {
  const remove = useCommand(TrainingRunDeleteDocument);
  const say = useToast();
  const [step, setStep] = useState<'idle' | 'asked' | 'busy'>('idle');
  const forget = async () => {
    setStep('busy');
    const { data, error } = await remove({ input: { runId } });
    const wrong = error?.message ?? data?.trainingRunDelete.userErrors[0]?.message;
    if (wrong) {
      setStep('idle');
      return say(wrong, 'failed');
    }
    say('The run is forgotten. Its model stays.');
    onDone();
  };
  if (step === 'idle') {
    return (
      <Button variant="subtle" size="compact-xs" onClick={() => setStep('asked')} aria-label={`Forget the run ${name}`}>
        Forget
      </Button>
    );
  }
  return (
    <Button
      variant="default"
      size="compact-xs"
      loading={step === 'busy'}
      onClick={forget}
      onBlur={() => setStep('idle')}
      autoFocus
    >
      Forget it for good
    </Button>
  );
}

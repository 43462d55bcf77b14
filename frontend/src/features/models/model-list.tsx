import { useState } from 'react';
import { readFragment } from '~/gql';
import { type ModelRowFragment, ModelRowFragmentDoc, ModelsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { useToast } from '~/shared/ui/toast';
import { ModelTable } from './model-table';
import { SwitchDialog } from './switch-dialog';

/** All models, with promote, roll back, and the choice of two to compare. */
export function ModelList({ chosen, onChoose }: { chosen: string[]; onChoose(ids: string[]): void }) {
  const { data, error, isPending, refresh } = useGraphql(ModelsDocument, { first: 50 });
  const [asked, setAsked] = useState<{ to: ModelRowFragment; isRollBack: boolean }>();
  const say = useToast();
  if (isPending) return <Skeleton height="14rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice
        tone="failed"
        title="The models cannot be listed now."
        action={<Button onClick={refresh}>Try again</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  const models = data.models.edges.map(({ node }) => readFragment(ModelRowFragmentDoc, node));
  if (models.length === 0) {
    return (
      <Notice title="There is no model yet.">
        Until there is one, shoppers see best-sellers and what is new. Train the first model on the page Training.
      </Notice>
    );
  }
  const live = models.find(({ state }) => state === 'LIVE');
  return (
    <Panel title={models.length === 1 ? 'One model' : `${models.length} models`}>
      <ModelTable
        models={models}
        chosen={chosen}
        onChoose={onChoose}
        onPromote={(to) => setAsked({ to, isRollBack: false })}
        onRollBack={(to) => setAsked({ to, isRollBack: true })}
      />
      {asked && (
        <SwitchDialog
          {...asked}
          live={live}
          onClose={() => setAsked(undefined)}
          onDone={(text) => {
            setAsked(undefined);
            say(text);
            refresh();
          }}
        />
      )}
    </Panel>
  );
}

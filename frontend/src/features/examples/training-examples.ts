import { ExampleRunDocument } from '~/gql/graphql';
import { type ExampleGroup, type Filler, made } from './example';

const startRun = async ({ ask }: Filler, epochs: number) => {
  const { trainingRunStart } = await ask(ExampleRunDocument, { input: { config: { epochs } } });
  return made(trainingRunStart.run, 'a training run').id;
};

const modelOf = ({ admin }: Filler, n: number) => {
  const models = admin?.models.edges ?? [];
  return made(models[n] ?? models[0], 'a model: start a training run first').node;
};

export const trainingExamples: ExampleGroup[] = [
  {
    noun: 'Training runs',
    examples: [
      {
        title: 'Start a training run',
        about:
          'Parameters that are not given are chosen by the data; the model stays a candidate until it is promoted.',
        role: 'ADMIN',
        query: `mutation TrainingRunStart($input: TrainingRunStartInput!) {
  trainingRunStart(input: $input) {
    run { id state config { dim epochs lambda unobserved } }
    userErrors { code field message }
  }
}
`,
        variables: () => ({ input: { kind: 'FULL', promote: false } }),
      },
      {
        title: 'Watch training live',
        about: 'Opening it starts a run that is long on purpose; running it shows each step and its loss.',
        role: 'ADMIN',
        query: `subscription TrainingRunProgress($id: ID!) {
  trainingRunProgress(id: $id) {
    state
    phase
    epoch
    epochs
    losses
    rate
    timeLeftMs
    error
  }
}
`,
        variables: async (filler) => ({ id: await startRun(filler, 300) }),
      },
      {
        title: 'Cancel a training run',
        about: 'Opening it starts a run; running it stops that one, which then leaves no model.',
        role: 'ADMIN',
        query: `mutation TrainingRunCancel($input: TrainingRunCancelInput!) {
  trainingRunCancel(input: $input) {
    run { id state cancelAsked }
    userErrors { code message }
  }
}
`,
        variables: async (filler) => ({ input: { runId: await startRun(filler, 300) } }),
      },
      {
        title: 'Runs and what they would start with',
        about: 'The latest runs with their log, and the parameters that the data chooses, explained.',
        role: 'ADMIN',
        query: `query TrainingRuns {
  trainingRuns(first: 3, sort: NEWEST) {
    edges { node { id kind state startedAt endedAt losses model { name } log { level text } } }
  }
  trainingDefaults {
    users
    items
    parameters { name value what why }
  }
}
`,
      },
    ],
  },
  {
    noun: 'Models',
    examples: [
      {
        title: 'Models and what they reach',
        about: 'With what was measured, its interval, and what simple methods reach.',
        role: 'ADMIN',
        query: `query Models {
  models(first: 5) {
    edges {
      node {
        id
        name
        state
        trainedAt
        metrics {
          protocol
          model { name mean low high }
          baselines { name metrics { name mean } }
        }
      }
    }
  }
}
`,
      },
      {
        title: 'Name a model',
        about: 'Gives the newest a title and a note, which the console shows; send empty ones to take them back.',
        role: 'ADMIN',
        query: `mutation ModelUpdate($input: ModelUpdateInput!) {
  modelUpdate(input: $input) {
    model { name title note }
    userErrors { code field message }
  }
}
`,
        variables: (filler) => ({
          input: { modelId: modelOf(filler, 0).id, title: 'Playground', note: 'Named by an example.' },
        }),
      },
      {
        title: 'Compare two models',
        about:
          'Starts the comparison of the newest two: side by side for the same customers, and judged on what came later.',
        role: 'ADMIN',
        query: `mutation ModelComparisonStart($input: ModelComparisonStartInput!) {
  modelComparisonStart(input: $input) {
    comparison { id state progress a { name } b { name } }
    userErrors { code field message }
  }
}
`,
        variables: (filler) => ({ input: { a: modelOf(filler, 1).id, b: modelOf(filler, 0).id } }),
      },
      {
        title: 'The comparison',
        about: 'What the comparison found so far; null if the two were not compared yet.',
        role: 'ADMIN',
        query: `query ModelComparison($a: ID!, $b: ID!) {
  modelComparison(a: $a, b: $b) {
    state
    step
    progress
    difference { sampled changed sample { changed a { name } b { name } } }
    judgement { users differences { name mean low high verdict text } }
  }
}
`,
        variables: (filler) => ({ a: modelOf(filler, 1).id, b: modelOf(filler, 0).id }),
      },
      {
        title: 'What a promotion would change',
        about: 'Asks before anything changes: what shoppers would see, in words.',
        role: 'ADMIN',
        query: `query ModelPromotePreview($modelId: ID!) {
  modelPromotePreview(modelId: $modelId) {
    from { name }
    to { name }
    isRollBack
    text
  }
}
`,
        variables: (filler) => ({ modelId: modelOf(filler, 0).id }),
      },
    ],
  },
];

import type { TrainingConfigInput } from '~/gql/graphql';

/** A parameter of training, as the form shows it. */
export interface Parameter {
  name: Exclude<keyof TrainingConfigInput, 'seed'>;
  label: string;
  /** What it does, for someone who has not read the papers. */
  hint: string;
  byDefault: number;
  min: number;
  max: number;
  step: number;
}

/** The parameters one may set; what is left alone has the server's default. */
export const parameters: Parameter[] = [
  {
    name: 'dim',
    label: 'Factors',
    hint: 'How many traits describe a product. More see finer tastes, and take longer.',
    byDefault: 64,
    min: 1,
    max: 4096,
    step: 8,
  },
  {
    name: 'epochs',
    label: 'Epochs',
    hint: 'Sweeps over all customers and products. The loss curve shows when more stop helping.',
    byDefault: 8,
    min: 1,
    max: 100,
    step: 1,
  },
  {
    name: 'unobserved',
    label: 'Weight of the unseen',
    hint: 'How much it counts that nobody touched a product. Higher favours what is popular.',
    byDefault: 0.1,
    min: 0.0001,
    max: 10,
    step: 0.05,
  },
  {
    name: 'lambda',
    label: 'Regularisation',
    hint: 'Holds the model back from learning single customers by heart.',
    byDefault: 0.003,
    min: 0.000001,
    max: 10,
    step: 0.001,
  },
  {
    name: 'nu',
    label: 'Growth with frequency',
    hint: 'How much stronger busy customers and products are held back. 1 is usually best.',
    byDefault: 1,
    min: 0,
    max: 2,
    step: 0.1,
  },
];

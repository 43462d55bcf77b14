import { catalogueExamples } from './catalogue-examples';
import type { ExampleGroup } from './example';
import { peopleExamples } from './people-examples';
import { runningExamples } from './running-examples';
import { tasteExamples } from './taste-examples';
import { trainingExamples } from './training-examples';

/** All examples: what a shop's page asks first, what a console does last. */
export const groups: ExampleGroup[] = [
  ...tasteExamples,
  ...catalogueExamples,
  ...peopleExamples,
  ...trainingExamples,
  ...runningExamples,
];

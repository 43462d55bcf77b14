import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LineChart } from './line-chart';

const falling = (count: number) => Array.from({ length: count }, (_, at) => 1000 / (at + 1));

const draw = (values: number[], steps: number) =>
  render(<LineChart values={values} steps={steps} label="Loss by epoch" stepName="epoch" />).container;

test('a few values are points with every step named', () => {
  const chart = draw(falling(3), 4);
  expect(chart.querySelectorAll('circle')).toHaveLength(3);
  expect(screen.getByRole('img', { name: /from 1K at epoch 1 to 333\.3 at epoch 3 of 4/ })).toBeVisible();
  for (const step of ['1', '2', '3', '4']) expect(screen.getByText(step)).toBeVisible();
});

test('thousands of values are drawn with few elements, the last one among them', () => {
  const chart = draw(falling(4321), 9000);
  expect(chart.querySelectorAll('*').length).toBeLessThan(60);
  const line = chart.querySelector('polyline')?.getAttribute('points')?.split(' ') ?? [];
  expect(line.length).toBeLessThanOrEqual(201);
  const end = chart.querySelector('circle');
  expect(line.at(-1)).toBe(`${end?.getAttribute('cx')},${end?.getAttribute('cy')}`);
  expect(screen.getByText('9000')).toBeVisible();
});

test.each([13, 60, 61, 999, 9000, 100_000])('of %d steps some are named, with room between them', (steps) => {
  const named = [...draw([], steps).querySelectorAll('text')].map((text) => Number(text.textContent)).filter(Boolean);
  expect(named[0]).toBe(1);
  expect(named.at(-1)).toBe(steps);
  expect(named.length).toBeLessThanOrEqual(14);
  for (const [at, step] of named.slice(2).entries()) expect(step - Number(named[at + 1])).toBeGreaterThan(steps / 40);
});

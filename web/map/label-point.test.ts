import { expect, test } from 'vitest';
import { labelPoint } from './label-point.ts';

const square = (x: number, y: number, side: number) => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

test('a name stands in the middle of the largest part', () => {
  const point = labelPoint({
    type: 'MultiPolygon',
    coordinates: [[square(118, 24, 0.01)], [square(118.2, 24.4, 0.1)]],
  });
  expect(point![0]).toBeCloseTo(118.25, 6);
  expect(point![1]).toBeCloseTo(24.45, 6);
});

test('an empty outline has no name and breaks nothing', () => {
  expect(labelPoint({ type: 'MultiPolygon', coordinates: [] })).toBeNull();
  expect(
    labelPoint({
      type: 'Polygon',
      coordinates: [
        [
          [118, 24],
          [118, 24],
          [118, 24],
          [118, 24],
        ],
      ],
    }),
  ).toBeNull();
});

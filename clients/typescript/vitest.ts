import { test } from 'vitest';
import { type Plant, type PlantOptions, startPlant } from './plant.ts';

export interface PlantFixture {
  /** A plant for this test alone, closed after it. */
  readonly plant: Plant;
}

/** Tests that get a plant of their own: `const it = plantTest({ scene: 'enclosed-plant' })`. */
export function plantTest(options: PlantOptions) {
  return test.extend<PlantFixture>({
    // A fixture takes others by destructuring, even where it needs none.
    plant: async ({}, use) => {
      const plant = await startPlant(options);
      try {
        await use(plant);
      } finally {
        await plant.close();
      }
    },
  });
}

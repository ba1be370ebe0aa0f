import { z } from 'zod';

/** A place on the earth in WGS-84 degrees. Tuples appear only inside GeoJSON and boxes. */
export const PointSchema = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
});
export type Point = z.infer<typeof PointSchema>;

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { startAppServer } from '../support/app-server.ts';
import type { Section } from './report.ts';

/** How many bytes the demo city's snapshot costs a phone, per 1,000 sites. A KB is 1,000 bytes. */
export async function benchSnapshot(): Promise<Section> {
  const server = await startAppServer({ SEED: 'demo' });
  try {
    const whole = Buffer.from(await (await fetch(`${server.url}/api/sites`)).arrayBuffer());
    const { features } = JSON.parse(whole.toString()) as { features: unknown[] };
    const perThousand = (bytes: number) => bytes / features.length;
    const brotli = (quality: number) =>
      brotliCompressSync(whole, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
    const sent = async (encoding: string) => {
      const response = await fetch(`${server.url}/api/sites`, { headers: { 'accept-encoding': encoding } });
      await response.arrayBuffer();
      return Number(response.headers.get('content-length'));
    };
    const unit = 'KB per 1,000 sites';
    return {
      title: `Snapshot of the demo city: ${features.length} sites with all details`,
      measures: [
        { name: 'not compressed', value: perThousand(whole.length), unit },
        {
          name: 'gzip -6',
          value: perThousand(gzipSync(whole, { level: 6 }).length),
          unit,
          goals: [
            { kind: 'floor', atMost: 80 },
            { kind: 'aim', atMost: 40 },
          ],
        },
        { name: 'gzip -9', value: perThousand(gzipSync(whole, { level: 9 }).length), unit },
        { name: 'brotli 11', value: perThousand(brotli(11)), unit },
        { name: 'as the server sends it, gzip', value: perThousand(await sent('gzip')), unit },
        { name: 'as the server sends it, brotli', value: perThousand(await sent('br')), unit },
      ],
    };
  } finally {
    await server.close();
  }
}

import { download } from '#simulator/effects/download.ts';
import { makeCsr } from '#simulator/effects/make-csr.ts';
import { upload } from '#simulator/effects/upload.ts';
import type { EffectResult } from '#simulator/input.ts';
import type { Effect } from '#simulator/turn.ts';

/** Does what a charger cannot do within itself, and says what came of it. */
export async function performEffect(effect: Effect): Promise<EffectResult> {
  switch (effect.type) {
    case 'download':
      return { type: 'downloaded', job: effect.job, file: await download(effect) };
    case 'upload':
      return { type: 'uploaded', outcome: await upload(effect) };
    case 'make_csr':
      return { type: 'csr', use: effect.use, ...(await makeCsr(effect)) };
  }
}

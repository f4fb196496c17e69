// Seeds the demo once and keeps its data in the folder that is named, for all journeys to begin with a copy.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { startHost } from './host.mjs';

const target = process.env.LIVERY_DEMO_DATA;
rmSync(target, { recursive: true, force: true });
mkdirSync(dirname(target), { recursive: true });
const host = await startHost();
process.exitCode = await host.stop({ keepAs: target });

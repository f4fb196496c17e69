// The driver of scripts/crash: `--matrix --seeds K`, `--kills N`, `--races N`, `--rollback`, `--seed S`. Ends with 1 when anything was lost,
// doubled or is unknown, or when the books do not hold.
import { parseArgs } from 'node:util';
import { BEHAVIOURS } from './behaviours.mjs';
import { Kills } from './kills.mjs';
import { Matrix, POINTS } from './matrix.mjs';
import { races } from './races.mjs';
import { rollback } from './rollback.mjs';
import { Stage } from './stage.mjs';
import { brokenInvariants, judge } from './judge.mjs';

const { values } = parseArgs({ options: {
    kills: { type: 'string', default: '0' }, seed: { type: 'string', default: '1' }, matrix: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '20' }, races: { type: 'string', default: '0' }, rollback: { type: 'boolean', default: false }, points: { type: 'string', default: '' } } });
const [kills, seed, seeds, racesWanted] = [values.kills, values.seed, values.seeds, values.races].map(Number);
const began = Date.now();
const say = (text) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}`);

async function playMatrix(stage) {
    const matrix = new Matrix(stage, say);
    const wanted = values.points.split(',').filter(Boolean);
    const points = POINTS.filter((point) => wanted.length === 0 || wanted.includes(point.name));
    await matrix.run(points, Array.from({ length: seeds }, (_, i) => seed + i));
    say(`${matrix.cells} cells: ${points.length} failpoints x ${BEHAVIOURS.length} behaviours x ${seeds} seeds; ${matrix.reached} died at the point, in ${matrix.kills} kills; ${matrix.turnedAway} requests were turned away`);
    if (matrix.notOnTheWay.size > 0) say(`played, but the point is not on the way: ${[...matrix.notOnTheWay].join(', ')}`);
    return { wrong: matrix.wrong, kills: matrix.kills };
}

async function playKills(stage) {
    const run = new Kills(stage, seed, say);
    await run.prepare();
    await run.run({ kills });
    say(`killed ${JSON.stringify(run.struck)}; asked ${JSON.stringify(run.asked)}`);
    return { wrong: [], kills: run.kills };
}

// A tenant for each behaviour. A look at a failpoint is one tenant's each: so the matrix counts them.
const stage = await Stage.open({ tenants: BEHAVIOURS.length, payments: values.matrix ? ', calls_at_once: 1' : '' });
let failed = false;
try {
    say(`ready: a database, ${stage.tenants.length} tenants, each with a provider of its own`);
    const wrong = [];
    let struck = 0;
    // The list of a day is read once, by clocks that nobody has moved yet: so that comes first.
    for (const part of [values.rollback && ((one) => rollback(one, seed, say)), values.matrix && playMatrix, kills > 0 && playKills, racesWanted > 0 && ((one) => races(one, racesWanted, seed, say))].filter(Boolean)) {
        const played = await part(stage);
        wrong.push(...played.wrong);
        struck += played.kills;
    }
    const verdict = await judge(stage);
    const broken = await brokenInvariants(stage);
    if (broken.length === 0) say('livery verify: every invariant of every tenant holds');
    for (const text of [...wrong, ...verdict.lost.map((one) => `lost: ${one}`), ...verdict.doubled.map((one) => `doubled: ${one}`),
        ...verdict.unknown.map((one) => `unknown: ${one}`), ...broken].slice(0, 60)) say(text);
    say(`${verdict.listed} of the charges are a case for a person: ${JSON.stringify(verdict.why)}`);
    const { lost, doubled, unknown } = verdict;
    failed = wrong.length + lost.length + doubled.length + unknown.length + broken.length > 0 || verdict.charges === 0;
    console.log(`kills ${struck}, charges ${verdict.charges}, lost ${lost.length}, doubled ${doubled.length}, unknown ${unknown.length}, seed ${seed}`);
} finally {
    await stage.close();
}
process.exit(failed ? 1 : 0);

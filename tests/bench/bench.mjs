// Measures Livery and prints its figures; --json FILE writes them. --only PART takes one of pages, billing, calculation, pdf, mail,
// tickets, gateways; --seconds N is how long each page is loaded; --accounts N,N … how many accounts a billing run has.
// Times are asserted nowhere: machines differ. What holds on every machine is: an answer that belongs to another question,
// memory that grows by calls of gateways (gateway_calls.cpp), and a gateway that hangs or loops and so makes other tenants'
// pages slow (brokenPromises) end the run with a line that begins with WRONG, and with 1.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureBilling, measureCalculation, measureMailIn, measurePdf } from './programs.mjs';
import { brokenPromises, measureGateways } from './gateways.mjs';
import { endAll, measurePages } from './pages.mjs';
import { measureTickets } from './tickets.mjs';

const root = new URL('../..', import.meta.url).pathname;
const option = (name, otherwise) => { const at = process.argv.indexOf(name); return at < 0 ? otherwise : process.argv[at + 1]; };
const folder = mkdtempSync('/tmp/livery-bench-');
chmodSync(folder, 0o755);
const place = {
    livery: join(root, 'build/release/livery'), root, folder,
    seconds: Number(option('--seconds', 6)), accounts: option('--accounts', '1000,10000,100000').split(',').map(Number),
};
const parts = { billing: measureBilling, calculation: measureCalculation, pdf: measurePdf, mail: measureMailIn, tickets: measureTickets, gateways: measureGateways, pages: measurePages };
const only = option('--only');
if (only && !parts[only]) { console.error(`--only takes one of ${Object.keys(parts).join(', ')}`); process.exit(64); }

try {
    const figures = {};
    for (const [name, part] of Object.entries(parts)) {
        if (!only || only === name) Object.assign(figures, await part(place));
    }
    for (const [name, value] of Object.entries(figures)) if (typeof value === 'number') console.log(`${name.padEnd(30)} ${value.toFixed(2)}`);
    const file = option('--json');
    if (file) writeFileSync(file, JSON.stringify(figures, null, 2) + '\n');
    for (const broken of brokenPromises(figures)) {
        console.error(`WRONG: ${broken}`);
        process.exitCode = 1;
    }
} finally {
    endAll();
    rmSync(folder, { recursive: true, force: true });
}

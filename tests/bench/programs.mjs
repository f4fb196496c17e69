// What programs of their own measure: billing runs, pure calculation, PDF.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const run = (root, name, args = []) => execFileSync(join(root, 'build/release/tests/bench', name), args, { encoding: 'utf8', maxBuffer: 1 << 26 });

// A run over more and more accounts, each with an invoice of three lines; the ratios of the second size.
export function measureBilling({ root, accounts }) {
    const runs = accounts.map((count) => {
        const found = JSON.parse(run(root, 'billing_run', [String(count)]));
        console.error(`billing run, ${String(count).padStart(8)} accounts: ${found.invoices_per_second.toFixed(0).padStart(6)} invoices/s, ${found.billing_run_vs_ceiling.toFixed(2)} of the ceiling ` +
            `(${found.ceiling_rows_per_second.toFixed(0)} rows/s), again ${found.run_again_seconds.toFixed(2)} s, next month ${found.next_month_seconds.toFixed(2)} s, grown ${found.resident_growth_mib.toFixed(1)} MiB`);
        return found;
    });
    const typical = runs[Math.min(1, runs.length - 1)];
    return { billing_run_vs_ceiling: typical.billing_run_vs_ceiling, invoices_per_second: typical.invoices_per_second, billing_runs: runs };
}

export function measureCalculation({ root }) {
    const found = JSON.parse(run(root, 'charging_bench', ['--benchmark_format=json']));
    const lines = Object.fromEntries(found.benchmarks.map((each) => [each.name, each.items_per_second]));
    for (const [name, rate] of Object.entries(lines)) console.error(`${name.padEnd(24)} ${(rate / 1e6).toFixed(2)} million lines/s`);
    return { calculated_lines_per_second: Math.min(...Object.values(lines)), calculation: lines };
}

export function measurePdf({ root }) {
    const documents = JSON.parse(run(root, 'pdf_render', ['--json']));
    for (const each of documents) console.error(`PDF, ${each.name.padEnd(24)} first ${each.first_ms.toFixed(1)}  p50 ${each.p50_ms.toFixed(2)}  p95 ${each.p95_ms.toFixed(2)} ms`);
    const of = (name) => documents.find((each) => each.name === name).p50_ms;
    return { pdf_latin_p50_ms: of('latin'), pdf_cjk_p50_ms: of('chinese, two weights'), pdf: documents };
}

// Mails that become words in tickets; beside it what reading them and bare transactions alone would allow.
export function measureMailIn({ root }) {
    const found = JSON.parse(run(root, 'mail_in'));
    console.error(`mail in: ${found.mails_per_second.toFixed(0)} mails/s, ${found.mail_in_vs_bare_transactions.toFixed(2)} of ${found.bare_transactions_per_second.toFixed(0)} bare transactions/s; ` +
        `second deliveries ${found.second_deliveries_per_second.toFixed(0)}/s, read alone ${found.parsed_per_second.toFixed(0)}/s`);
    return { mails_per_second: found.mails_per_second, mail_in_vs_bare_transactions: found.mail_in_vs_bare_transactions, mail_in: found };
}

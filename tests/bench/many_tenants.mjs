// What a thousand tenants cost a host: time to load them all, and memory of each. Started once with three and once with
// a thousand more, on the same data; the difference is theirs.
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';

const rssOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);  // KiB
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Until /readyz is 200, and what the process holds then.
async function startAndEnd(livery, config, port, host) {
    const begun = process.hrtime.bigint();
    const child = spawn(livery, ['serve', '--config', config, '--port', String(port), '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    for (let i = 0; !(await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok; i++) {
        if (i > 12000) throw new Error('not ready');
        await sleep(5);
    }
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    const { status } = await new Promise((resolve) => get({ host: '127.0.0.1', port, path: '/sign-in', headers: { Host: host } }, (answer) => { answer.resume(); resolve({ status: answer.statusCode }); }));
    if (status !== 200) throw new Error(`${host} answers ${status}`);
    const resident = rssOf(child.pid);
    child.kill('SIGTERM');
    await ended;
    return { seconds, resident };
}

// `folder` holds the tenants of the demo and a migrated database; `count` more are added beside them.
export async function measureManyTenants({ livery, root, folder, port, count }) {
    const configFor = (name) => {
        const file = join(folder, `${name}.yaml`);
        writeFileSync(file, `front: none\nlog_level: warn\nthemes_dir: ${root}themes\ntenants_dir: ${folder}/${name}\ndata_dir: ${folder}/data\n`);
        return file;
    };
    cpSync(join(root, 'tenants'), join(folder, 'few'), { recursive: true });
    cpSync(join(root, 'tenants'), join(folder, 'many'), { recursive: true });
    const kinds = ['harbor', 'northwind', 'lumen'];
    for (let i = 0; i < count; i++) {
        const kind = kinds[i % kinds.length];
        const own = join(folder, 'many', `t${i}`);
        cpSync(join(root, 'tenants', kind), own, { recursive: true });
        const yaml = readFileSync(join(own, 'tenant.yaml'), 'utf8').replace(/^hosts: .*$/m, `hosts: [t${i}.localhost]`).replace(/^name: .*$/m, `name: Tenant ${i}`);
        writeFileSync(join(own, 'tenant.yaml'), yaml);
    }
    await startAndEnd(livery, configFor('few'), port, 'harbor.localhost');  // the database is made and migrated here
    const few = await startAndEnd(livery, configFor('few'), port, 'harbor.localhost');
    const many = await startAndEnd(livery, configFor('many'), port, `t${count - 1}.localhost`);
    return { tenants_load_seconds: many.seconds - few.seconds, tenant_kib: (many.resident - few.resident) / count, tenants_resident_mib: many.resident / 1024 };
}

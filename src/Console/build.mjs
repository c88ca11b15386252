// Builds the page for `dotnet build`, as often as its sources change. Builds that run side by side (configurations, flavours, tests) take turns, and nobody ever
// sees half a page: it is built beside the old one, and then takes its place.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const [dist, next, last, lock] = ['dist', '.dist-next', '.dist-last', '.build-lock'].map((name) => join(folder, name));
const longestTurn = 10 * 60_000;

/** The files that the page is made of, one a line in the file that Functions.csproj writes. */
const inputs = readFileSync(process.argv[2], 'utf8').split(/\r?\n/).filter(Boolean);

function isCurrent() {
  const built = statSync(join(dist, 'index.html'), { throwIfNoEntry: false });
  return built !== undefined && inputs.every((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) <= built.mtimeMs);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}

/** A turn that was never given back ends with its process, or when it has taken too long. */
function isLeft() {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    const pid = Number(readFileSync(lock, 'utf8'));
    return age > longestTurn || (pid > 0 ? !isAlive(pid) : age > 5_000);
  } catch (fault) {
    if (fault.code === 'ENOENT') {
      return false;
    }

    throw fault;
  }
}

function takeTurn() {
  for (;;) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return;
    } catch (fault) {
      if (fault.code !== 'EEXIST') {
        throw fault;
      }
    }

    if (isLeft()) {
      rmSync(lock, { force: true });
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

function build() {
  const began = new Date();
  rmSync(next, { recursive: true, force: true });
  const command = ['run', 'build', '--', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn'];
  const npm = spawnSync('npm', command, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  if (npm.status !== 0) {
    process.stdout.write(`${npm.stdout ?? ''}${npm.stderr ?? ''}${npm.error?.message ?? ''}\n`);
    return 1;
  }

  // What changed since this build began is younger than the page, so the next one takes it up.
  utimesSync(join(next, 'index.html'), began, began);
  rmSync(last, { recursive: true, force: true });
  try {
    renameSync(dist, last);
  } catch (fault) {
    if (fault.code !== 'ENOENT') {
      throw fault;
    }
  }

  renameSync(next, dist);
  rmSync(last, { recursive: true, force: true });
  return 0;
}

takeTurn();
try {
  process.exitCode = isCurrent() ? 0 : build();
} finally {
  rmSync(lock, { force: true });
}

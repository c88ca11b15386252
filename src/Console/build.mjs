// Builds the page for `dotnet build`, as often as its sources change, and puts a copy where the build that asked takes it from. Builds that run side by side (configurations, flavours,
// tests) take turns, and nobody ever sees half a page: it is built beside the old one, takes its place, and is copied before the next one may begin.
//   node build.mjs <file that lists the inputs> <folder of the copy> <folder of package-lock.json>
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const [list, copy, root] = process.argv.slice(2);
const [dist, next, last, lock] = ['dist', '.dist-next', '.dist-last', '.build-lock'].map((name) => join(folder, name));
const index = 'index.html';
/** Says of which inputs a page was made. */
const made = '.inputs';

/** Who has the turn shows that it lives as often as this; who has not done so for long has it no more, whoever has the number of its process by now. */
const beat = 1_000;
const longestSilence = 2 * 60_000;
const me = `${process.pid} ${randomBytes(8).toString('hex')}`;

/** A file's text; undefined when there is none. */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    if (fault.code === 'ENOENT') {
      return undefined;
    }

    throw fault;
  }
}

/** Makes a file; false when there is one. */
function tryMake(file, text) {
  try {
    const made = openSync(file, 'wx');
    writeSync(made, text);
    closeSync(made);
    return true;
  } catch (fault) {
    if (fault.code === 'EEXIST') {
      return false;
    }

    throw fault;
  }
}

/** Names and contents: a file that is gone counts, and one that was only touched does not. */
function inputs() {
  const hash = createHash('sha256');
  for (const file of readFileSync(list, 'utf8').split(/\r?\n/).filter(Boolean).sort()) {
    const content = existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'none';
    hash.update(`${relative(folder, file).split(sep).join('/')}\n${content}\n`);
  }

  return hash.digest('hex');
}

const isOf = (place, hash) => existsSync(join(place, index)) && read(join(place, made)) === hash;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}

/** What stands in the lock when its owner has left it; undefined while somebody has the turn, or nobody. */
function left() {
  const text = read(lock);
  const seen = statSync(lock, { throwIfNoEntry: false });
  if (text === undefined || seen === undefined) {
    return undefined;
  }

  const silence = Date.now() - seen.mtimeMs;
  const pid = Number(text.split(' ')[0]);
  return silence > longestSilence || (pid > 0 ? !isAlive(pid) : silence > 5_000) ? text : undefined;
}

/** Removes a lock that was left. Of all who find it one may, and never once another has a new one: no two locks have the same text. */
function clear(text) {
  const claim = `${lock}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  if (!tryMake(claim, me)) {
    return;
  }

  try {
    if (read(lock) === text) {
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(claim, { force: true });
  }
}

async function takeTurn() {
  let since = Date.now();
  let owner;
  while (!tryMake(lock, me)) {
    const text = left();
    if (text !== undefined) {
      clear(text);
    }

    // Somebody died while they cleared it.
    const now = read(lock);
    [since, owner] = now === owner && text !== undefined ? [since, owner] : [Date.now(), now];
    if (Date.now() - since > longestSilence) {
      throw new Error(`Remove ${lock} and all files whose names begin so: they were left by a build that was ended.`);
    }

    await wait(100);
  }

  return setInterval(() => {
    if (read(lock) === me) {
      utimesSync(lock, new Date(), new Date());
    }
  }, beat);
}

function giveBack(beating) {
  clearInterval(beating);
  if (read(lock) === me) {
    rmSync(lock, { force: true });
  }
}

/** Runs npm; what it says is shown when it fails. */
function npm(cwd, ...args) {
  return new Promise((done) => {
    const program = spawn('npm', args, {
      cwd,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let said = '';
    const finish = (isDone) => {
      process.stdout.write(isDone ? '' : `${said}\n`);
      done(isDone);
    };
    [program.stdout, program.stderr].forEach((stream) => stream.on('data', (some) => (said += some)));
    program.on('error', (fault) => finish(((said += fault.message), false)));
    program.on('close', (code) => finish(code === 0));
  });
}

/** A clone that was never built has no packages yet, and one that was updated has old ones. */
async function install() {
  const age = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (age(join(root, 'node_modules/.package-lock.json')) >= age(join(root, 'package-lock.json'))) {
    return true;
  }

  process.stderr.write('Installing the packages of npm\n');
  return npm(root, 'ci', '--no-audit', '--no-fund', '--loglevel=error');
}

async function build(hash) {
  process.stderr.write('Building the management page (src/Console)\n');
  rmSync(next, { recursive: true, force: true });
  if (!(await npm(folder, 'run', 'build', '--', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn'))) {
    return false;
  }

  // Of what was read before: what has changed since then is for the next build.
  writeFileSync(join(next, made), hash);
  rmSync(last, { recursive: true, force: true });
  if (existsSync(dist)) {
    renameSync(dist, last);
  }

  renameSync(next, dist);
  rmSync(last, { recursive: true, force: true });
  return true;
}

/** As new files, so that they are younger than what lies beside the app. */
function hand(hash) {
  if (!isOf(copy, hash)) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(dist, copy, { recursive: true, filter: (file) => !file.endsWith('.map') && !file.endsWith(made) });
    writeFileSync(join(copy, made), hash);
  }
}

const beating = await takeTurn();
try {
  const hash = inputs();
  const isDone = (await install()) && (isOf(dist, hash) || (await build(hash)));
  if (isDone) {
    hand(hash);
  }

  process.exitCode = isDone ? 0 : 1;
} finally {
  giveBack(beating);
}

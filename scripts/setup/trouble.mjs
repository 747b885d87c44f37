// Set-up errors a person can act on: one line that says what is wrong and what to do about it.

/** An error whose message is meant for the person at the terminal; shown without a stack. */
export class Trouble extends Error {}

const CAUSES = [
  [/ENOSPC|no space left/i, () => 'the disk is full: set-up needs about 1.5 GB free. Make room, then run it again.'],
  [/EROFS|EACCES|EPERM/, () => 'a file may not be written here: make this folder and the npm cache writable for you.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i,
    () =>
      'npm could not reach its registry: check the network (or the proxy in your npm configuration), then run it again.',
  ],
  [
    /EUSAGE|can only install packages when your package\.json/i,
    () => 'package-lock.json does not fit package.json: run "npm install", then try again.',
  ],
  [
    /EINTEGRITY/,
    () => 'a downloaded package is not the one the lock file names: do not go on; run "npm cache verify".',
  ],
  [/E401|E403|E404|ETARGET/, () => 'the npm registry you use refuses or lacks a package that the lock file names.'],
]

/** Finds the cause in what npm printed. */
export function explain(step, output, log) {
  const known = CAUSES.find(([sign]) => sign.test(output))
  const cause = known === undefined ? 'npm failed for a reason not known here.' : known[1]()
  return new Trouble(`${step}: ${cause} (npm's own words: ${log})`)
}

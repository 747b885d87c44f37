/**
 * A browser for tests: the Chrome or Chromium that is installed, else the one that an npm package carries.
 *
 * The package unpacks to whatever TMPDIR names and runs what it finds there, so it gets a folder of the project's. It is
 * unpacked beside its place and moved there when whole: a run that was stopped half-way leaves nothing that looks ready.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SCRATCH } from '../../scripts/setup/places.mjs'

export type Browser = {
  readonly executablePath: string
  readonly args: string[]
  /** The whole environment to start it with. */
  readonly env: Record<string, string>
}

/** No sandbox: tests often run as root in a container. The others keep it from calling home. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function chromium(): Promise<Browser> {
  const installed = installedBrowser()
  if (installed !== undefined) return { executablePath: installed, args: FLAGS, env: environment({}) }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium was found. Install one, or say where it is in GENESIS_BROWSER.')
  }
  const folder = await unpacked()
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter((one) => one !== undefined)
  return {
    executablePath: join(folder, 'chromium'),
    args: FLAGS,
    env: environment({ LD_LIBRARY_PATH: libraries.join(delimiter), FONTCONFIG_FILE: fontsOf(folder) }),
  }
}

/** The package's own configuration looks for fonts where Lambda has them; without any, every text has no size. */
function fontsOf(folder: string): string {
  const file = join(folder, 'fonts', 'here.conf')
  const places = [join(folder, 'fonts', 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts']
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...places.map((place) => `  <dir>${place}</dir>`),
    `  <cachedir>${join(folder, 'fonts', 'cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ]
  writeFileSync(file, lines.join('\n'))
  return file
}

function environment(more: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(own), ...more }
}

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome.exe']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
]

function installedBrowser(): string | undefined {
  const named = process.env['GENESIS_BROWSER']
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`GENESIS_BROWSER names ${named}, and there is no such file.`)
    return named
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const inPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...inPath, ...PLACES].find((file) => existsSync(file))
}

/** The folder with the package's browser, its libraries and its fonts. */
async function unpacked(): Promise<string> {
  const root = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }
  const folder = join(SCRATCH, `chromium-${version}`)
  if (existsSync(folder)) return folder
  const half = `${folder}.${process.pid}`
  mkdirSync(half, { recursive: true })
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = half
  try {
    const pack = await import('@sparticuz/chromium')
    await pack.default.executablePath()
    await pack.inflate(join(root, 'bin', 'al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  moveIntoPlace(half, folder)
  return folder
}

/** Another process may have been faster; both unpacked the same. */
function moveIntoPlace(half: string, folder: string): void {
  try {
    renameSync(half, folder)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/**
 * The built app, read into memory once: a static bundle that any host could serve as well.
 *
 *     /                the page; so is every address that the app itself knows how to show
 *     /assets/<hash>   files named by their content, kept for ever
 *
 * The content security policy lets the page run its own scripts, reach this server and the chains it was told,
 * and nothing else. Styles may stand inline because components place themselves with style attributes.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { App, Context } from '../parts.ts'
import { reply } from '../reply.ts'

const TYPES: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** Smaller than this, compressing saves no packet. Bytes. */
const COMPRESS_FROM = 1400

type File = {
  readonly type: string
  readonly bytes: Uint8Array
  readonly gzip: Uint8Array | undefined
  readonly etag: string
}

export function appFiles(app: App, { settings: { app: folder, connect } }: Context): void {
  if (folder === undefined || !existsSync(join(folder, 'index.html'))) return
  const files = read(folder)
  const policy = policyOf(connect)

  app.get('*', (c) => {
    const path = c.req.path
    if (path.startsWith('/v1/')) return c.notFound()
    const file = files.get(path) ?? (extname(path) === '' ? files.get('/index.html') : undefined)
    if (file === undefined) return c.notFound()
    const { headers } = c.env.incoming
    if (headers['if-none-match'] === file.etag) return new Response(null, { status: 304 })
    const zipped = file.gzip !== undefined && /\bgzip\b/.test(headers['accept-encoding']?.toString() ?? '')
    return reply(200, file.type, zipped ? file.gzip : file.bytes, {
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': policy,
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      etag: file.etag,
      vary: 'Accept-Encoding',
      'x-frame-options': 'DENY',
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    })
  })
}

function policyOf(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "frame-src 'self' blob:",
    "object-src 'none'",
  ].join('; ')
}

function read(folder: string): Map<string, File> {
  const files = new Map<string, File>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!statSync(path).isFile()) continue
    const bytes = readFileSync(path)
    const type = TYPES[extname(name)] ?? 'application/octet-stream'
    const compressible = bytes.length >= COMPRESS_FROM && !/^(image\/(png|x-icon)|font)/.test(type)
    files.set('/' + name.split(sep).join('/'), {
      type,
      bytes,
      gzip: compressible ? gzipSync(bytes, { level: 9 }) : undefined,
      etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`,
    })
  }
  const page = files.get('/index.html')
  if (page !== undefined) files.set('/', page)
  return files
}

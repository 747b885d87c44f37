/**
 * The folder of one run on the host: what enter.sh reads from it and what it leaves in it.
 *
 *     root/ empty, the sandbox's root is mounted here    given/  inputs by name
 *     binds, environment, outputs   one item a line      out/    status and files, written when the command has ended
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Engine } from './engine.ts'
import type { SandboxRequest } from './request.ts'

export type Left = { readonly exitCode: number; readonly outputs: ReadonlyMap<string, Uint8Array> }

export async function layOut(folder: string, engine: Engine, request: SandboxRequest): Promise<void> {
  for (const name of ['root', 'given', 'out']) await mkdir(join(folder, name))
  for (const input of request.inputs) {
    const path = join(folder, 'given', input.name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, input.bytes, { flag: 'wx' })
  }
  const binds = [
    ...engine.files.map(({ host, inside }) => `file\t${host}\t${inside}`),
    ...(request.shown ?? []).map(({ host, inside }) => `folder\t${host}\t${inside}`),
  ]
  const variables = Object.entries(request.environment ?? {}).map(([name, value]) => `${name}=${value}`)
  await writeFile(join(folder, 'binds'), lines(binds))
  await writeFile(join(folder, 'environment'), lines(variables))
  await writeFile(join(folder, 'outputs'), lines(request.outputs))
}

function lines(items: readonly string[]): string {
  return items.map((item) => `${item}\n`).join('')
}

/** Undefined where the sandbox itself came to nothing. */
export async function readBack(folder: string): Promise<Left | undefined> {
  const status = await readFile(join(folder, 'out', 'status'), 'utf8').catch(() => undefined)
  if (status === undefined) return undefined
  return { exitCode: Number.parseInt(status, 10), outputs: readOutputs(await readFile(join(folder, 'out', 'files'))) }
}

/** What collect.mjs wrote: a line of names and lengths, then the bytes. */
function readOutputs(framed: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const newline = framed.indexOf(0x0a)
  const header = JSON.parse(Buffer.from(framed.subarray(0, newline)).toString()) as { name: string; bytes: number }[]
  const outputs = new Map<string, Uint8Array>()
  let at = newline + 1
  for (const { name, bytes } of header) {
    if (bytes < 0) continue
    outputs.set(name, framed.slice(at, at + bytes))
    at += bytes
  }
  return outputs
}

/**
 * Unpacks the files that a model wrote: the accepted answer of `llm/transcript.json`, letter by letter.
 *
 *     node llm/unpack.mjs
 *
 * Runs in the folder of the evidence, becomes part of it, and needs nothing but Node.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const { calls, accepted } = JSON.parse(readFileSync('llm/transcript.json', 'utf8'))
const { files } = JSON.parse(calls[accepted].response.text)
for (const { name, content } of files) {
  mkdirSync(dirname(name), { recursive: true })
  writeFileSync(name, content)
}

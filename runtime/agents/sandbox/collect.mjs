// Reads the outputs once the command has ended, confined as the command was: what it left behind is not to be trusted.
// Prints one line of JSON, [{ name, bytes }] with bytes -1 where there is no plain file of that name, then their bytes.
import { lstatSync, readFileSync } from 'node:fs'
import { stdout } from 'node:process'

const found = process.argv.slice(1).map((name) => {
  try {
    return { name, content: lstatSync(name).isFile() ? readFileSync(name) : undefined }
  } catch {
    return { name, content: undefined }
  }
})
stdout.write(`${JSON.stringify(found.map(({ name, content }) => ({ name, bytes: content?.length ?? -1 })))}\n`)
for (const { content } of found) if (content !== undefined) stdout.write(content)

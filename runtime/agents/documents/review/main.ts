/**
 * A review inside the sandbox: the job comes as a file, its bytes beside it by digest, and the opinion goes out.
 *
 *     node main.ts recompute-sql      job.json, artifacts/<64 hex>  →  opinion.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { unpackJob, type PackedJob } from './packed-job.ts'
import { REVIEWS } from './reviews.ts'

const reviews = REVIEWS[argv[2] ?? '']
if (reviews === undefined) throw new Error('no such review')
const job = unpackJob(JSON.parse(readFileSync('job.json', 'utf8')) as PackedJob, (path) => readFileSync(path))
writeFileSync('opinion.json', JSON.stringify(await reviews(job)))

/** A file, readable in place: fetched by its digest, hashed here, and only then shown. */
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import { isDigest, type Digest } from '../../protocol/wire/sha256.ts'
import { artifactQuery } from '../data/artifacts.ts'
import { bytes as size, whole } from '../format/number.ts'
import { t } from '../text/text.ts'
import { Asked } from '../ui/asked.tsx'
import { Button } from '../ui/button.tsx'
import { Hash } from '../ui/hash.tsx'
import { Icon } from '../ui/icon.tsx'
import { saveFile } from '../ui/save.ts'
import { Scroll } from '../ui/scroll.tsx'
import type { Table } from './csv.ts'
import type { DiffLine } from './diff.ts'
import { kindOf } from './kind.ts'
import { readAs, type Readable } from './read.ts'

type Props = {
  readonly name: string
  readonly digest: string
  readonly mediaType?: string
  /** As the mission states it. */
  readonly stated?: number
  readonly open?: boolean
}

export function Artifact({ name, digest, mediaType, stated, open: initially = false }: Props) {
  const [open, setOpen] = useState(initially)
  const region = useId()
  return (
    <div className="card min-w-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 p-3 sm:p-4">
        <div className="flex min-w-0 flex-1 basis-60 gap-3">
          <Icon name="file" className="mt-0.5 text-soft" />
          <div className="min-w-0">
            <p className="font-medium break-all">
              {name}
              {stated === undefined ? null : <span className="font-normal text-soft"> · {size(stated)}</span>}
            </p>
            <Hash value={digest} />
          </div>
        </div>
        <Button
          size="small"
          aria-expanded={open}
          aria-controls={region}
          aria-label={`${open ? t.files.hide : t.files.show}: ${name}`}
          onClick={() => setOpen(!open)}
        >
          {open ? t.files.hide : t.files.show}
        </Button>
      </div>
      <div id={region} hidden={!open} className="border-t border-line">
        {open && isDigest(digest) ? <Contents name={name} digest={digest} mediaType={mediaType} /> : null}
      </div>
    </div>
  )
}

type ContentsProps = { readonly name: string; readonly digest: Digest; readonly mediaType: string | undefined }

function Contents({ name, digest, mediaType }: ContentsProps) {
  const query = useQuery(artifactQuery(digest))
  return (
    <div className="space-y-3 p-3 sm:p-4">
      <Asked query={query}>{(bytes) => <Shown name={name} bytes={bytes} mediaType={mediaType} />}</Asked>
    </div>
  )
}

type ShownProps = {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mediaType: string | undefined
}

function Shown({ name, bytes, mediaType }: ShownProps) {
  const readable = useMemo(() => readAs(kindOf(name, mediaType), bytes), [name, mediaType, bytes])
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm">
        <p className="flex items-start gap-1.5 text-seal">
          <Icon name="check" className="mt-0.5 size-4" />
          {t.files.checked}
        </p>
        <Button size="small" look="quiet" aria-label={`${t.files.download}: ${name}`} onClick={() => save(name, bytes)}>
          <Icon name="download" className="size-4" />
          {t.files.download}
        </Button>
      </div>
      <ReadableView name={name} readable={readable} />
    </>
  )
}

function ReadableView({ name, readable }: { readonly name: string; readonly readable: Readable }) {
  switch (readable.kind) {
    case 'text':
    case 'json':
      return <TextView name={name} text={readable.text} />
    case 'table':
      return <TableView name={name} table={readable.table} />
    case 'diff':
      return <DiffView name={name} lines={readable.lines} />
    case 'opaque':
      return <p>{t.files.opaque}</p>
  }
}

function TextView({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <Scroll name={t.files.contents(name)}>
      <pre className="hash p-3 break-words whitespace-pre-wrap">{text}</pre>
    </Scroll>
  )
}

/** Rows drawn before somebody asks for all of them. */
const FIRST_ROWS = 50

function TableView({ name, table }: { readonly name: string; readonly table: Table }) {
  const [all, setAll] = useState(false)
  const rows = all ? table.rows : table.rows.slice(0, FIRST_ROWS)
  return (
    <div className="space-y-2">
      <Scroll name={t.files.contents(name)}>
        <table className="min-w-full text-sm tabular-nums">
          <caption className="sr-only">{t.files.table(name)}</caption>
          <thead className="sticky top-0 bg-sunk">
            <tr>
              {table.head.map((cell, index) => (
                // oxlint-disable-next-line react/no-array-index-key
                <th key={index} scope="col" className="px-3 py-2 text-left font-semibold whitespace-nowrap">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={index} className="border-t border-line">
                {row.map((cell, column) => (
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={column} className="px-3 py-1.5 whitespace-nowrap">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="flex flex-wrap items-center gap-3 text-sm text-soft">
        {t.files.rows(whole(rows.length), whole(table.rows.length))}
        {rows.length === table.rows.length ? null : (
          <Button size="small" look="quiet" onClick={() => setAll(true)}>
            {t.files.allRows}
          </Button>
        )}
      </p>
    </div>
  )
}

const DIFF_LOOKS: { readonly [kind in DiffLine['kind']]: string } = {
  file: 'font-semibold',
  hunk: 'text-soft',
  added: 'bg-seal-ground text-seal',
  removed: 'bg-stop-ground text-stop',
  same: '',
}

function DiffView({ name, lines }: { readonly name: string; readonly lines: readonly DiffLine[] }) {
  return (
    <Scroll name={t.files.contents(name)} className="hash max-h-[70vh] py-2">
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={`min-h-5 px-3 whitespace-pre-wrap break-words ${DIFF_LOOKS[line.kind]}`}>
          {line.kind === 'added' ? <span className="sr-only">{t.files.added} </span> : null}
          {line.kind === 'removed' ? <span className="sr-only">{t.files.removed} </span> : null}
          {line.text}
        </div>
      ))}
    </Scroll>
  )
}

function save(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  saveFile(name.split('/').at(-1) ?? name, bytes, 'application/octet-stream')
}

/** How a file is shown, from its media type or, where only a name is known, from its ending. Pure. */
export type Kind = 'text' | 'json' | 'table' | 'diff' | 'opaque'

const BY_TYPE: { readonly [type: string]: Kind } = {
  'application/json': 'json',
  'text/csv': 'table',
  'text/x-diff': 'diff',
  'text/x-patch': 'diff',
  'application/javascript': 'text',
  'application/sql': 'text',
  'application/typescript': 'text',
  'application/xml': 'text',
  'application/yaml': 'text',
}

const BY_ENDING: { readonly [ending: string]: Kind } = {
  csv: 'table',
  diff: 'diff',
  json: 'json',
  js: 'text',
  log: 'text',
  md: 'text',
  mjs: 'text',
  patch: 'diff',
  sql: 'text',
  ts: 'text',
  txt: 'text',
  xml: 'text',
  yaml: 'text',
  yml: 'text',
}

export function kindOf(name: string, mediaType?: string): Kind {
  const type = (mediaType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (Object.hasOwn(BY_TYPE, type)) return BY_TYPE[type] ?? 'opaque'
  if (type.endsWith('+json')) return 'json'
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (Object.hasOwn(BY_ENDING, ending)) return BY_ENDING[ending] ?? 'opaque'
  return type.startsWith('text/') ? 'text' : 'opaque'
}

/** Recomputation in SQL: the rows in an in-memory table, the figures as queries over integers. */
import { DatabaseSync } from 'node:sqlite'
import type { Reviewer } from '../skill.ts'
import { filesOf } from './files.ts'
import { judgeFigures } from './judge-figures.ts'
import type { Figures } from './report.ts'

export const recomputeSql: Reviewer = async (job) => {
  const { data, report } = filesOf(job)
  return judgeFigures(queryFigures(data.text), report, data, 'Recomputed in SQL over integers')
}

const ROUNDED = '(SUM(grams) + 500000) / 1000000'

function queryFigures(csv: string): Figures {
  const db = new DatabaseSync(':memory:')
  try {
    load(db, csv)
    const totals = db
      .prepare(
        `SELECT ${ROUNDED} AS total, COUNT(*) AS entries, COUNT(DISTINCT plant) AS plants,
                SUM(CASE verified WHEN 'yes' THEN grams ELSE 0 END) * 1000 / SUM(grams) AS share FROM counted`,
      )
      .get()
    const fuels = db.prepare(`SELECT fuel, ${ROUNDED} AS tonnes FROM counted GROUP BY fuel ORDER BY fuel`).all()
    const large = db
      .prepare(`SELECT plant, ${ROUNDED} AS tonnes FROM counted GROUP BY plant HAVING tonnes >= 25000 ORDER BY plant`)
      .all()
    return {
      by_fuel: fuels.map((row) => ({ fuel: String(row.fuel), tonnes: Number(row.tonnes) })),
      large_plants: large.map((row) => ({ plant: String(row.plant), tonnes: Number(row.tonnes) })),
      plants: Number(totals?.plants ?? 0),
      rows: Number(totals?.entries ?? 0),
      total_tonnes: Number(totals?.total ?? 0),
      verified_permille: Number(totals?.share ?? 0),
    }
  } finally {
    db.close()
  }
}

/** Decimals become integers in SQL itself: whole part and the digits behind the point, glued and cast. */
function load(db: DatabaseSync, csv: string): void {
  const [head = '', ...lines] = csv.trimEnd().split('\n')
  const columns = head.split(',')
  db.exec(`CREATE TABLE raw (${columns.map((name) => `"${name.replaceAll('"', '')}" TEXT`).join(', ')})`)
  const insert = db.prepare(`INSERT INTO raw VALUES (${columns.map(() => '?').join(', ')})`)
  db.exec('BEGIN')
  for (const line of lines) insert.run(...line.split(','))
  db.exec('COMMIT')
  const digits = (name: string): string => `CAST(replace(${name}, '.', '') AS INTEGER)`
  db.exec(
    `CREATE VIEW counted AS SELECT plant, fuel, verified, ${digits('activity')} * ${digits('factor')} AS grams
       FROM raw WHERE substr(quarter, 1, 4) = '2025' AND unit = 'GJ'`,
  )
}

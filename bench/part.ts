/** Figures in rows; a column's name carries its unit. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}
export type Cell = string | number;

/** What a part of the bench has found out. */
export interface Findings {
  readonly tables: readonly Table[];
  /** How to read them. */
  readonly notes?: readonly string[];
  readonly targets?: readonly Target[];
}

/** Something that is owed, not only measured. */
export interface Target {
  readonly what: string;
  readonly measured: string;
  readonly met: boolean;
}

/** One of `npm run bench -- <name>`. */
export interface Part {
  readonly title: string;
  readonly run: (say: Say) => Promise<Findings>;
}

/** Tells on stderr what is under way. */
export type Say = (line: string) => void;

// Library, version 6: the queue of lists that are under way, in the order that the user gave it. Numbered and never edited
// once it has shipped. A list is here from its start to its end, whatever ends the process meanwhile.

export const LIBRARY_006 = `
  CREATE TABLE jobs (
    place INTEGER PRIMARY KEY,                 -- 0 is first
    list_id INTEGER NOT NULL UNIQUE,
    again TEXT                                 -- JSON (AgainWish), until it is done; null: nothing to do again
  ) STRICT;
`;

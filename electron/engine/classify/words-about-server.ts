// Words about the server's own trouble, and weak refusals that name nobody. Read last of all words: they only keep a
// vague reply from being taken for more than it is. None may ever lead to `undeliverable`.
import { anyOf, type WordRule } from './word-rule.ts';
import { OTHER_LANGUAGES } from './words-of-languages.ts';

export const WORDS_ABOUT_SERVER: readonly WordRule[] = [
  {
    reason: 'server_error',
    when: anyOf(
      'too many hops|hop count|mail loop|loops? back|routing loop|loop detected',
      '(?:temporary|temporarily|internal|local|system|server|unknown|configuration|dns|database|ldap|look ?up|resource|network|disk|software|technical|general|transient|processing|unexpected) (?:\\w+ )?(?:error|failure|problem|fault|difficult\\w+)',
      'service (?:is |was )?(?:temporarily |currently )?(?:unavailable|not available|not ready)|shutting down|out of service|maintenance',
      'temporarily (?:unavailable|unable|not available)',
      '(?:insufficient|not enough|no|lack of) (?:system |disk |server )?(?:storage|space|resources|memory)|\\boverload|out of memory|load (?:average|(?:is )?too high)|system load|too much load|\\bbusy\\b',
      'timed? ?out|timeout|lost connection|connection (?:reset|lost|closed|dropped)',
      'syntax error|unrecogni[sz]ed|unknown command|command (?:not|unknown|unrecogni|out of)|bad sequence|sequence of commands|protocol (?:violation|error)|parameters?|arguments?|nested mail|need (?:mail|rcpt)|(?:helo|ehlo|mail) (?:\\w+ )?first|not implemented|pipelin',
      '(?:could not|cannot|unable to|failed to|can\'t|couldn\'t) (?:\\w+ )?(?:load|connect|resolve|complete|read|verify|process|lookup|look up|route|open|create|write|contact|reach|find)',
      'action aborted|returned invalid|queue|misconfigur|multiple (?:destination )?domains',
      'recipient (?:address )?(?:verification|verify|lookup|validation|check) fail',
      OTHER_LANGUAGES.trouble,
    ),
    confidence: 'fair',
  },
];

/** "Denied", "not allowed", "go away": a refusal, of nobody in particular. Taken for one of us. */
export const VAGUE_REFUSAL = anyOf(
  "denied|denies|deny|refus|reject|forbidden|prohibit|restrict|not (?:allow|permit|authori[sz]|accept|welcome)|n't (?:allow|permit|accept)|unauthori[sz]ed|go away|abuse|blocked|banned|undesir|authenticat",
  OTHER_LANGUAGES.denied,
);

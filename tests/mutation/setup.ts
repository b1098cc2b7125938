import fc from 'fast-check';

/** The same cases for every mutant and every run; a counterexample is not made smaller, for nobody reads it. */
fc.configureGlobal({ seed: 20_261_123, endOnFailure: true });

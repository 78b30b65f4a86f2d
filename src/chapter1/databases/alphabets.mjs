// --8<-- [start:prefixes]
const words = ["dům", "chata", "cesta"];
console.log(words.toSorted());
//> [ 'cesta', 'chata', 'dům' ]
console.log(words.toSorted(new Intl.Collator("cs").compare));
//> [ 'cesta', 'dům', 'chata' ]
// --8<-- [end:prefixes]

// --8<-- [start:fresh]
function addTag(tag, tags = []) {
  tags.push(tag);
  return tags;
}

console.log(addTag("new"));
//> [ 'new' ]
console.log(addTag("paid"));
//> [ 'paid' ]
// --8<-- [end:fresh]

// Package redisstore implements the contract of package store over Redis: a
// Redis 7 server or cluster (Open), or one inside this process (OpenEmbedded).
//
// # Keys
//
// Every key begins with a hash tag that begins with the shop's id. What the
// shop's commands write shares the tag {shop}; what shoppers do writes only the
// tag of its user's partition, {shop:p07}. No script and no command over
// several keys leaves its tag, so all of it runs on a Redis Cluster.
//
//	{shop}:product      hash   sku → header and JSON, without the stock
//	{shop}:stock        hash   sku → pieces
//	{shop}:vendor       hash   id → JSON
//	{shop}:category     hash   id → JSON
//	{shop}:control:<k>  hash   name → JSON, of the control records of kind k
//	{shop}:customer:<b> hash   user → JSON, b the top ten bits of the user
//	{shop}:email        hash   email → user
//	{shop}:external     hash   SHA-256 of the shop's own customer id → user
//	{shop}:session:<b>  hash   token hash → JSON, b a hash of it
//	{shop}:cart         hash   owner → JSON
//	{shop}:order        hash   id → JSON
//	{shop}:orders:<o>   list   ids of the owner's orders, oldest first
//	{shop}:placed:<day> list   ids of the orders placed on a UTC day, oldest first
//	{shop}:placed-days  set    those days
//	{shop}:cancelled    hash   id of a cancelled order → when it was placed, in ms
//	{shop}:delivery     hash   order id → JSON of the address
//	{shop}:order-key    hash   SHA-256 of owner and idempotency key → order id
//	{shop}:pending      hash   second steps to be done: what → where to
//	{shop}:fresh        set    skus for which something was noted
//	{shop}:fresh:<sku>  string packed events
//	{shop}:changes      stream of catalogue changes, numbered without gaps
//	{shop}:people       stream of customers saved or forgotten, likewise
//	{shop}:freshened    stream of skus for which something was noted, likewise
//	{shop}:made         hash   outbox or import → its end in the lake that the view was made from
//	{shop}:number       hash   stream → its last number
//	{shop}:outbox       stream of what commands did
//	{shop}:lease:<n>    string token, holder and expiry
//	{shop}:lease-token  hash   name → last token
//	{shop}:queue:<n>    stream with one consumer group
//	{shop}:rate:…       hash   name → uses in one window
//	{shop}:lists        set    of list sets, as "set kind"
//	{shop:p07}:tail:<u> string packed events of one user
//	{shop:p07}:users    set    users who have a tail
//	{shop:p07}:seen:<n> hash   event id → occurred-at, of the nth window of recording
//	{shop:p07}:outbox   stream of what shoppers did
//	{shop:p07}:list:<set>:<kind> hash  key → packed list
//
// # Expiry
//
// What expires carries its expiry in its value, judged by Options.Now when it
// is read, and is swept a few at a time: the embedded server does not expire
// keys by itself.
package redisstore

package warehouse

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"also/shop"
)

// category returns the id of a category: text is an id, a name, or a path of
// names from the root, "Kitchen > Tea". What does not exist is created.
func (c *catalogueChange) category(text string) string {
	text = strings.TrimSpace(text)
	if _, is := c.categories[text]; is {
		return text
	}
	if id, known := c.named["anywhere/"+strings.ToLower(text)]; known {
		return id
	}
	parent := ""
	for name := range strings.SplitSeq(text, ">") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		key := "category/" + parent + "/" + strings.ToLower(name)
		id, known := c.named[key]
		if !known {
			id = c.free(slug(name), func(id string) bool { _, taken := c.categories[id]; return taken })
			k := shop.Category{ID: id, Name: name, Parent: parent}
			c.categories[id] = k
			c.nameCategory(k)
			c.add(shop.CategorySaved, id, k, false)
		}
		parent = id
	}
	return parent
}

// nameCategory makes a category known by its path and, unless another has it, by its name alone.
func (c *catalogueChange) nameCategory(k shop.Category) {
	name := strings.ToLower(k.Name)
	c.named["category/"+k.Parent+"/"+name] = k.ID
	if _, taken := c.named["anywhere/"+name]; !taken {
		c.named["anywhere/"+name] = k.ID
	}
}

// vendor returns the id of a vendor: text is an id or a name. What does not exist is created.
func (c *catalogueChange) vendor(text string) string {
	if _, is := c.vendors[text]; is {
		return text
	}
	key := "vendor/" + strings.ToLower(text)
	id, known := c.named[key]
	if !known {
		id = c.free(slug(text), func(id string) bool { _, taken := c.vendors[id]; return taken })
		v := shop.Vendor{ID: id, Name: text}
		c.vendors[id], c.named[key] = v, id
		c.add(shop.VendorSaved, id, v, false)
	}
	return id
}

// free returns the slug, numbered if it is taken.
func (c *catalogueChange) free(slug string, taken func(string) bool) string {
	id := slug
	for n := 2; taken(id); n++ {
		id = fmt.Sprintf("%s-%d", slug, n)
	}
	return id
}

// slug makes an id of a name: letters and digits, everything else one dash.
func slug(name string) string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127 {
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
			continue
		}
		dash = true
	}
	if b.Len() == 0 {
		sum := sha256.Sum256([]byte(name))
		return hex.EncodeToString(sum[:4])
	}
	return b.String()
}

// add appends the event that something was saved; keepStock leaves the stock
// out of the payload, so that orders placed meanwhile are not undone.
func (c *catalogueChange) add(t shop.EventType, id string, v any, keepStock bool) {
	payload, err := json.Marshal(v)
	if err != nil {
		panic("warehouse: catalogueChange: " + err.Error()) // plain structs
	}
	if keepStock {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(payload, &fields); err != nil {
			panic("warehouse: catalogueChange: " + err.Error())
		}
		delete(fields, "stock")
		if payload, err = json.Marshal(fields); err != nil {
			panic("warehouse: catalogueChange: " + err.Error())
		}
	}
	c.events = append(c.events, shop.Event{ID: c.run.derivedID(string(t), id, c.now.Format(time.RFC3339Nano)), Type: t,
		OccurredAt: c.now, RecordedAt: c.now, SKU: id, Source: c.run.spec.Source, Payload: payload})
}

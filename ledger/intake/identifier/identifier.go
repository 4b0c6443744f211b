// Package identifier knows the codes by which China names who reports: the 统一社会信用代码 of
// GB 32100-2015 and the 组织机构代码 of GB 11714-1997. It finds codes that are mistyped, and the
// letter that is likely to be wrong.
package identifier

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"carbonledger/pattern"
)

// alphabet is that of GB 32100-2015: 31 letters without I, O, S, V, Z.
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// CreditLength is the number of letters of a 统一社会信用代码.
const CreditLength = 18

// enterprise begins the codes of enterprises, which nearly all reporting units have.
const enterprise = '9'

// never are the letters no 统一社会信用代码 has, because they look like others.
const never = "IOSVZ"

// begin are the authority and kind of GB 32100-2015, and a province of GB/T 2260 (10 for
// the state) with the rest of the area. What begins so is a 统一社会信用代码 or was meant to be one.
var begin = pattern.Of(`^(?:1[1-39]|2[19]|3[1-59]|4[19]|5[1-39]|6[129]|7[129]|` +
	`8[19]|9[1-3]|A[19]|N[1-39]|Y1)(?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}` +
	`[0-9A-Z]+$`)

// meant is how a code begins that has lost or gained a letter anywhere: with the authority
// for enterprises, or with that of others and a letter behind the digits.
var meant = pattern.Of(`^(?:9[1-3]\d{5}[0-9A-Z]+|` +
	`(?:[1-8][1-59]|A[19]|N[1-39]|Y1)\d{5,}[A-Z][0-9A-Z]*)$`)

// compare is the way out where no letter can be named.
var compare = []string{"compare it with the business licence letter by letter", "请与营业执照逐位核对"}

// IsCredit says whether a text is a valid 统一社会信用代码.
func IsCredit(text string) bool {
	code, _ := Credit(text)
	return len(text) == CreditLength && code == ""
}

// Credit checks an id that has the length of a 统一社会信用代码 and returns the code of the fault,
// and for its words the check character it should end with or the letter it should not have, and
// the likely mistake. Ids of other lengths pass, but for one letter more or less of what begins as
// a credit code.
func Credit(id string) (code string, args []string) {
	if len(id) != CreditLength {
		return creditLong(id)
	}
	if strings.Trim(id, alphabet+never) != "" {
		return "", nil
	}
	if at := strings.IndexAny(id, never); at >= 0 {
		return "entity.letter", append([]string{id[at : at+1]}, likelyLetters(id)...)
	}
	want := creditCheck(id)
	switch {
	case want == id[CreditLength-1:]:
		return "", nil
	case strings.HasSuffix(id, "000") && strings.Trim(id, "0123456789") == "":
		return "entity.rounded", nil
	}
	return "entity.check", append([]string{want}, likelyTypos(id)...)
}

// valueOf are the values of the letters, their places in the alphabet.
var valueOf = func() (values [256]int8) {
	for i := range values {
		values[i] = int8(strings.IndexByte(alphabet, byte(i)))
	}
	return values
}()

// creditCheck returns the check character of GB 32100-2015:
//
//	check = (31 - sum(value_i x 3^(i-1)) mod 31) mod 31, i = 1..17
func creditCheck(id string) string {
	sum, weight := 0, 1
	for _, letter := range []byte(id[:CreditLength-1]) {
		sum += int(valueOf[letter]) * weight
		weight = weight * 3 % 31
	}
	return alphabet[(31-sum%31)%31:][:1]
}

// isCredit says whether all of an id is as GB 32100-2015 wants it.
func isCredit(id string) bool {
	return len(id) == CreditLength && strings.Trim(id, alphabet) == "" &&
		begin().MatchString(id) && creditCheck(id) == id[CreditLength-1:]
}

// creditLong finds what begins as a credit code and has one letter more or less.
func creditLong(id string) (code string, args []string) {
	off := len(id) - CreditLength
	if off != 1 && off != -1 || !meant().MatchString(id) {
		return "", nil
	}
	ways := compare
	for at := range id {
		// Both checks must hold: one alone is met by chance too often.
		if shorter := id[:at] + id[at+1:]; isCredit(shorter) && organisationHolds(shorter) {
			ways = []string{"it may be " + shorter + "; " + compare[0],
				"可能是 " + shorter + "，" + compare[1]}
			break
		}
	}
	return "entity.length", append([]string{strconv.Itoa(len(id)), strconv.Itoa(CreditLength),
		"统一社会信用代码"}, ways...)
}

// organisationCheck returns the check character of GB 11714-1997 for the eight letters before it:
//
//	check = 11 - sum(value_i x weight_i) mod 11, with X for 10 and 0 for 11
func organisationCheck(body string) string {
	sum := 0
	for i, weight := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		value := int(body[i] - '0')
		if body[i] >= 'A' {
			value = int(body[i]-'A') + 10
		}
		sum += value * weight
	}
	return "0123456789X0"[11-sum%11:][:1]
}

// organisationForm is an eight-letter 组织机构代码 with its check character: digits, or MA and six
// more, as they were given since 2015.
var organisationForm = pattern.Of(`^(?:\d{8}|MA[0-9A-Z]{6})-[0-9X]$`)

// Organisation checks an id that has the form of a 组织机构代码, XXXXXXXX-X; in a column of such
// codes (named) also one without the hyphen or without its last letter.
func Organisation(id string, named bool) (code string, args []string) {
	switch {
	case len(id) == 10 && organisationForm().MatchString(id):
	case named && len(id) == 9 && organisationForm().MatchString(id[:8]+"-"+id[8:]):
	case named && len(id) == 8 && organisationForm().MatchString(id+"-0"):
		full := id + "-" + organisationCheck(id)
		way := []string{"write " + full, "请写成 " + full}
		if zero := "0" + id; id[0] != 'M' && organisationCheck(zero[:8]) == zero[8:] {
			zero = zero[:8] + "-" + zero[8:]
			way = []string{
				"write " + full + ", or " + zero + " where a spreadsheet took the 0 away",
				"请写成 " + full + "；如电子表格去掉了首位0，请写成 " + zero,
			}
		}
		return "entity.length", append([]string{"8", "9", "组织机构代码"}, way...)
	default:
		return "", nil
	}
	bare := strings.ReplaceAll(id, "-", "")
	want := organisationCheck(bare)
	if want == bare[8:] {
		return "", nil
	}
	return "entity.org", []string{want,
		compare[0] + "; an id of your own is written without the hyphen",
		compare[1] + "；如为自编代码，请不要写连字符"}
}

// alike are letters that eyes and scanners take for one another, the likelier first.
var alike = map[byte]string{
	'0': "DQC6",
	'1': "7LT",
	'2': "7",
	'3': "85",
	'4': "A9",
	'5': "63",
	'6': "58G0",
	'7': "12T",
	'8': "B36",
	'9': "4G",
	'A': "4",
	'B': "8RE",
	'C': "G0",
	'D': "0",
	'E': "FB",
	'F': "EP",
	'G': "6C9",
	'H': "NM",
	'J': "U",
	'K': "XH",
	'L': "1",
	'M': "NH",
	'N': "MH",
	'P': "RF",
	'Q': "0",
	'R': "PB",
	'T': "71",
	'U': "YJ",
	'W': "M",
	'X': "KY",
	'Y': "XU",
	'I': "1LT",
	'O': "0QD",
	'S': "58",
	'V': "UYW",
	'Z': "27",
}

// guess is a mistake that would explain a code that is not valid.
type guess struct {
	rank   int
	en, zh string
}

// guessesShown is how many mistakes a message names.
const guessesShown = 3

// likelyTypos names letters that look like another which would make the code valid, and neighbours
// that changed places, which happens as often. A change that makes something else of an enterprise
// is unlikely. The 9th to 17th letters are a 组织机构代码 with a check of their own: a
// mistake that explains both checks comes first, and is named even where the letters do not look
// alike.
func likelyTypos(id string) []string {
	var guesses []guess
	twice := begin().MatchString(id) && !organisationHolds(id)
	add := func(rank int, changed, en, zh string) {
		if !isCredit(changed) {
			return
		}
		if !organisationHolds(changed) {
			rank += 3
		}
		if id[0] == enterprise && changed[0] != enterprise {
			rank += 2
		}
		guesses = append(guesses, guess{rank, en, zh})
	}
	for at := range id {
		for _, letter := range []byte(alphabet) {
			similar := strings.IndexByte(alike[id[at]], letter) >= 0
			rank := 0
			if !similar {
				rank = 2
			}
			changed := id[:at] + string(letter) + id[at+1:]
			if letter != id[at] && (similar || twice && organisationHolds(changed)) {
				en, zh := wrongLetter(id, at, letter)
				add(rank, changed, en, zh)
			}
		}
		if at > 0 && id[at-1] != id[at] {
			changed := id[:at-1] + string(id[at]) + string(id[at-1]) + id[at+1:]
			add(0, changed, fmt.Sprintf("the %s and %s characters, %q, may have changed places",
				ordinal(at), ordinal(at+1), id[at-1:at+1]),
				fmt.Sprintf("第%d、%d位“%s”可能颠倒", at, at+1, id[at-1:at+1]))
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return a.rank - b.rank })
	guesses = slices.DeleteFunc(guesses, func(g guess) bool {
		return g.rank > guesses[0].rank+1
	})
	if len(guesses) > guessesShown {
		return compare // as many places are as likely, and naming some would mislead
	}
	return told(guesses)
}

// organisationHolds says whether the 组织机构代码 inside a 统一社会信用代码 passes its own check.
func organisationHolds(id string) bool { return organisationCheck(id[8:16]) == id[16:17] }

// likelyLetters puts the letters that a code has for those it never has, where one choice of them
// makes it valid.
func likelyLetters(id string) []string {
	var guesses []guess
	changed := []byte(id)
	for at := range changed {
		if strings.IndexByte(never, id[at]) >= 0 {
			changed[at] = alike[id[at]][0]
			en, zh := wrongLetter(id, at, changed[at])
			guesses = append(guesses, guess{0, en, zh})
		}
	}
	if isCredit(string(changed)) {
		return told(guesses)
	}
	if len(guesses) > 1 {
		return compare
	}
	guesses = nil
	at := strings.IndexAny(id, never)
	for _, letter := range []byte(alike[id[at]]) {
		if isCredit(id[:at] + string(letter) + id[at+1:]) {
			en, zh := wrongLetter(id, at, letter)
			guesses = append(guesses, guess{0, en, zh})
		}
	}
	return told(guesses)
}

func wrongLetter(id string, at int, letter byte) (en, zh string) {
	return fmt.Sprintf("the %s character may be wrong: %q could be %q", ordinal(at+1),
			id[at:at+1], string(letter)),
		fmt.Sprintf("第%d位可能有误：“%s”或为“%c”", at+1, id[at:at+1], letter)
}

// told puts the likeliest mistakes before the way out that always holds.
func told(guesses []guess) []string {
	var en, zh []string
	for _, g := range guesses[:min(len(guesses), guessesShown)] {
		en, zh = append(en, g.en), append(zh, g.zh)
	}
	return []string{strings.Join(append(en, compare[0]), "; "),
		strings.Join(append(zh, compare[1]), "；")}
}

// ordinal writes 1st, 2nd, 3rd, 4th, for 1 to 20.
func ordinal(n int) string {
	if n >= 1 && n <= 3 {
		return strconv.Itoa(n) + []string{"st", "nd", "rd"}[n-1]
	}
	return strconv.Itoa(n) + "th"
}

// Plain writes a code in capitals and without blanks, where that makes it a 统一社会信用代码 or
// what was meant to be one. Other ids stay as they are: a firm may tell a from A.
func Plain(id string) string {
	if !strings.ContainsFunc(id, mayChange) {
		return id
	}
	code := strings.ToUpper(strings.Join(strings.Fields(id), ""))
	if len(code) == CreditLength && begin().MatchString(code) {
		return code
	}
	return id
}

// mayChange are letters that Plain may change; codes are mostly digits and capitals.
func mayChange(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }

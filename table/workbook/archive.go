package workbook

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"carbonledger/table"
)

// MembersMax is how many members an archive may have, folders among them.
const MembersMax = 1000

// What a member is, by the ending of its name.
var (
	textEndings        = []string{".csv", ".tsv", ".txt"}
	bookEndings        = []string{".xlsx", ".xlsm"}
	spreadsheetEndings = []string{".xls", ".xlsb", ".ods", ".et", ".numbers"}
	archiveEndings     = []string{".zip", ".rar", ".7z", ".gz", ".tgz", ".tar"}
)

// readArchive opens every table in an archive.
func readArchive(name string, data []byte, parts *parts) (files []File) {
	if len(parts.files) > MembersMax {
		return refused(name, data, table.Fault{Code: "archive.members", Args: []string{
			strconv.Itoa(len(parts.files)), strconv.Itoa(MembersMax)}})
	}
	tables := 0
	for _, member := range parts.files {
		inside := path.Clean("/" + strings.ReplaceAll(table.Name(member.Name), `\`, "/"))
		if strings.HasSuffix(member.Name, "/") || isLitter(inside) {
			continue
		}
		opened, err := readMember(name+inside, member, parts)
		if errors.Is(err, errBomb) {
			return refused(name, data, bomb())
		}
		for _, file := range opened {
			tables += len(file.Sheets)
			for _, fault := range file.Faults {
				if !fault.IsWarning() {
					tables++
				}
			}
		}
		files = append(files, opened...)
	}
	if tables == 0 {
		files = append(files, refused(name, data, table.Fault{Code: "file.empty"})...)
	}
	return files
}

func bomb() table.Fault {
	return table.Fault{Code: "archive.bomb", Args: []string{
		strconv.Itoa(UnpackedMax>>30) + " GiB", strconv.Itoa(RatioMax)}}
}

// isLitter names what operating systems leave in archives.
func isLitter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "/__MACOSX/") || strings.HasPrefix(base, "._") ||
		slices.Contains([]string{".DS_Store", "Thumbs.db", "desktop.ini"}, base)
}

// readMember opens a member, or says why it is not read. The error is errBomb or nil.
func readMember(name string, member *zip.File, parts *parts) ([]File, error) {
	ending := strings.ToLower(path.Ext(name))
	switch {
	case slices.Contains(archiveEndings, ending):
		return refused(name, nil, table.Fault{Code: "archive.nested"}), nil
	case slices.Contains(spreadsheetEndings, ending):
		return refused(name, nil, table.Fault{Code: "file.spreadsheet"}), nil
	case !slices.Contains(textEndings, ending) && !slices.Contains(bookEndings, ending):
		return refused(name, nil, table.Fault{Code: "archive.member"}), nil
	case member.Flags&1 != 0:
		return refused(name, nil, table.Fault{Code: "archive.encrypted"}), nil
	}
	data, err := unpack(member, parts)
	switch {
	case errors.Is(err, errBomb):
		return nil, err
	case err != nil:
		return refused(name, nil, table.Fault{Code: "archive.damaged",
			Args: []string{err.Error()}}), nil
	case !isZip(data):
		return []File{text(name, data)}, nil
	}
	inner, err := readParts(data, parts.budget)
	if err == nil && inner.find("[Content_Types].xml") == nil && inner.find(workbookPart) == nil {
		return refused(name, data, table.Fault{Code: "archive.nested"}), nil
	}
	files := open(name, data, parts.budget)
	if parts.budget.spend(0) != nil {
		return nil, errBomb
	}
	return files, nil
}

// unpack reads a member whole. It is unpacked twice: once to count its bytes against the budget, so
// that a bomb is refused before it takes any memory, and once into as many bytes as there are.
func unpack(member *zip.File, parts *parts) ([]byte, error) {
	counted, err := parts.open(member)
	if err != nil {
		return nil, err
	}
	defer counted.Close()
	size, err := io.Copy(io.Discard, counted)
	if err != nil {
		return nil, err
	}
	content, err := member.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	data := make([]byte, size)
	_, err = io.ReadFull(content, data)
	return data, err
}

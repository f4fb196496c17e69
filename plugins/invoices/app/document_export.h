#pragma once

#include <functional>
#include <string>
#include <vector>

#include <livery/result.h>

#include "domain/document.h"

namespace livery::invoices {

// Many documents in one file, from their stored lines.

// RFC 4180, one row per line with its document's number, date and currency; UTF-8 with a byte order
// mark, which spreadsheets ask for. A text that a spreadsheet would run as a formula is made one
// that it shows.
std::string CsvOf(const std::vector<Document>& documents, Date today);
std::string JsonListOf(const std::vector<Document>& documents, Date today);

struct ArchivedFile {
    std::string name;
    std::string bytes;
};
// A ZIP archive; the same files give the same bytes.
std::string ZipOf(const std::vector<ArchivedFile>& files);

}  // namespace livery::invoices

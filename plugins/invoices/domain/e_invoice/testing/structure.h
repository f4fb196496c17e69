#pragma once

#include <string>
#include <string_view>
#include <vector>

// The schemas of UBL 2.1 and CII D16B as far as the writers go: which children an element has, in
// which order, how often. Stands in for the XSDs, which no package brings.
namespace livery::invoices::e_invoice {

// What of `xml` breaks the schema, one line each; empty: nothing.
std::vector<std::string> UblProblems(const std::string& xml);
std::vector<std::string> CiiProblems(const std::string& xml);

}  // namespace livery::invoices::e_invoice

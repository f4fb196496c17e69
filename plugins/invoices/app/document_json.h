#pragma once

#include <livery/json.h>

#include "domain/document.h"

namespace livery::invoices {

// A document as the API and the export write it: money as {amount, currency} in minor units,
// decimals as texts, ids with their prefixes, and every line with its derivation.
nlohmann::ordered_json JsonOf(const Document& document, Date today);
// As lists show it: without its lines.
struct DocumentSums {
    const Document& document;
    Money net;
    Money tax;
    std::optional<Span> period;
};
nlohmann::ordered_json JsonOf(const DocumentSums& sums, Date today);
// What is no document yet: a draft, or what waits for its taxes. It has no number and no dates of
// one, and nobody owes it.
nlohmann::ordered_json DraftJson(const Document& draft);
nlohmann::ordered_json DraftJson(const DocumentSums& sums);
nlohmann::ordered_json JsonOf(const Money& money);

}  // namespace livery::invoices

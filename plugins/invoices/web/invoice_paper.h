#pragma once

#include <livery/ports/document.h>
#include <livery/tenancy/tenant.h>
#include <livery/view/formatter.h>

#include "domain/document.h"
#include "domain/party.h"
#include "storage/set_off_repository.h"

namespace livery::invoices {

// An invoice or credit note on paper. Made of what never changes once it is final, in the tenant's
// own language: the same document is the same paper whoever asks for it first.
struct Paper {
    const Document& document;
    std::string corrects_number;         // of the invoice that a note is about; "" = none
    const std::vector<SetOff>& set_off;  // of a credit note
    const Seller& seller;
    const Tenant& tenant;
};
livery::Document PaperOf(const Paper& paper, const Formatter& format);

}  // namespace livery::invoices

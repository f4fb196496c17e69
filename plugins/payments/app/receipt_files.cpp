#include "app/receipt_files.h"

namespace livery::payments {

Result<MailFile> ReceiptFiles::Make(const Tenant& tenant, const std::string& number) {
    const auto t = formatters_.Of(tenant.id, "payments");
    Receipts::Paper paper = LIVERY_TRY(receipts_.Numbered(tenant, *t, number));
    return MailFile{number + ".pdf", "application/pdf", std::move(paper.pdf)};
}

}  // namespace livery::payments

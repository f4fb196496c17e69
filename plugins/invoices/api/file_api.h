#pragma once

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "app/document_files.h"

namespace livery::invoices {

// The files of documents for the tenant's own programs, the same bytes as the pages hand out: PDF,
// UBL, CII.
class FileApi {
 public:
    FileApi(db::Database& database, DocumentFiles& files) : database_(database), files_(files) {}
    void AddTo(Registrar& registrar) const;

 private:
    Result<api::File> Pdf(const api::Call& call, DocumentKind kind) const;
    Result<api::File> Xml(const api::Call& call, DocumentKind kind,
                          DocumentFiles::Syntax syntax) const;
    void AddKind(Registrar& registrar, DocumentKind kind) const;

    db::Database& database_;
    DocumentFiles& files_;
};

}  // namespace livery::invoices

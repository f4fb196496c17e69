#pragma once

#include <livery/registrar.h>

#include "app/collection.h"

namespace livery::payments {

// What a subscriber can be charged on, and whether it is charged by itself.
class MethodPages {
 public:
    MethodPages(Methods& methods, Collection& collection)
        : methods_(methods), collection_(collection) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> List(const RequestContext& request) const;
    Result<Reply> Add(const RequestContext& request) const;
    Result<Reply> Go(const RequestContext& request) const;
    Result<Reply> Return(const RequestContext& request) const;
    Result<Reply> SetDefault(const RequestContext& request) const;
    Result<Reply> Remove(const RequestContext& request) const;
    Result<Reply> SetAutomatic(const RequestContext& request) const;
    std::string AutomaticText(const RequestContext& request, bool automatic) const;
    View Page(const RequestContext& request, const std::string& wrong) const;
    // The page again, with what was wrong; back to it when nothing was.
    Result<Reply> Done(const RequestContext& request, const Result<void>& result,
                       const char* notice) const;

    Methods& methods_;
    Collection& collection_;
};

}  // namespace livery::payments

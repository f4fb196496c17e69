#pragma once

#include <functional>

#include <livery/view/formatter.h>

#include "tenancy/house.h"

namespace livery::tenancy {

// Formatters with the texts of the house that holds now.
class CurrentFormatters final : public TenantFormatters {
 public:
    using CurrentHouse = std::function<std::shared_ptr<const House>()>;
    explicit CurrentFormatters(CurrentHouse house) : house_(std::move(house)) {}
    std::unique_ptr<const Formatter> Of(const TenantId& tenant, const std::string& plugin) override;

 private:
    CurrentHouse house_;
};

}  // namespace livery::tenancy

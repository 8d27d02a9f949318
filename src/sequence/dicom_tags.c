/* The allow-list: every element whose value may be read. What is not here is passed over unread.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dicom_internal.h"

#define WORDS(g, e, vr, keyword, like)                                                             \
    {                                                                                              \
        g, e, DICOM_PUBLIC, vr, keyword, like, "", 0, MRSE_KIND_NONE, MRSE_DICOM_TECHNICAL         \
    }
#define NUMBER(g, e, vr, keyword, like, unit, exp10, kind)                                         \
    {                                                                                              \
        g, e, DICOM_PUBLIC, vr, keyword, like, unit, exp10, kind, MRSE_DICOM_TECHNICAL             \
    }
#define PERSON(g, e, vr, keyword, unit, kind)                                                      \
    {                                                                                              \
        g, e, DICOM_PUBLIC, vr, keyword, NULL, unit, 0, kind, MRSE_DICOM_PERSON                    \
    }
#define TYPED(g, e, vr, keyword)                                                                   \
    {                                                                                              \
        g, e, DICOM_PUBLIC, vr, keyword, NULL, "", 0, MRSE_KIND_NONE, MRSE_DICOM_FREE_TEXT         \
    }
#define GE(g, e, who, vr, keyword, unit)                                                           \
    {                                                                                              \
        g, e, who, vr, keyword, NULL, unit, 0, MRSE_KIND_NONE, MRSE_DICOM_TECHNICAL                \
    }
#define NESTED(g, e, who, keyword)                                                                 \
    {                                                                                              \
        g, e, who, "SQ", keyword, NULL, "", 0, MRSE_KIND_NONE, MRSE_DICOM_TECHNICAL                \
    }

/* DICOM PS3.6; units from PS3.3 C.8.3.1 and C.8.13. GE and Philips: their conformance statements,
 * as pydicom's private dictionary names them. */
static const dicom_tag tags[] = {
    WORDS(0x0008, 0x0016, "UI", "SOPClassUID", NULL),
    WORDS(0x0008, 0x0060, "CS", "Modality", NULL),
    WORDS(0x0008, 0x0070, "LO", "Manufacturer", NULL),
    TYPED(0x0008, 0x103E, "LO", "SeriesDescription"),
    WORDS(0x0008, 0x1090, "LO", "ManufacturerModelName", NULL),
    PERSON(0x0010, 0x0040, "CS", "PatientSex", "", MRSE_KIND_NONE),
    PERSON(0x0010, 0x1010, "AS", "PatientAge", "", MRSE_KIND_NONE),
    PERSON(0x0010, 0x1020, "DS", "PatientSize", "m", MRSE_KIND_LENGTH),
    PERSON(0x0010, 0x1030, "DS", "PatientWeight", "kg", MRSE_KIND_MASS),
    WORDS(0x0018, 0x0020, "CS", "ScanningSequence", NULL),
    WORDS(0x0018, 0x0021, "CS", "SequenceVariant", NULL),
    WORDS(0x0018, 0x0022, "CS", "ScanOptions", NULL),
    WORDS(0x0018, 0x0023, "CS", "MRAcquisitionType", NULL),
    WORDS(0x0018, 0x0024, "SH", "SequenceName", NULL),
    NUMBER(0x0018, 0x0050, "DS", "SliceThickness", NULL, "mm", -3, MRSE_KIND_LENGTH),
    NUMBER(0x0018, 0x0080, "DS", "RepetitionTime", NULL, "ms", -3, MRSE_KIND_TIME),
    NUMBER(0x0018, 0x0081, "DS", "EchoTime", NULL, "ms", -3, MRSE_KIND_TIME),
    NUMBER(0x0018, 0x0082, "DS", "InversionTime", NULL, "ms", -3, MRSE_KIND_TIME),
    NUMBER(0x0018, 0x0083, "DS", "NumberOfAverages", NULL, "", 0, MRSE_KIND_NONE),
    NUMBER(0x0018, 0x0084, "DS", "ImagingFrequency", NULL, "MHz", 6, MRSE_KIND_FREQUENCY),
    NUMBER(0x0018, 0x0087, "DS", "MagneticFieldStrength", NULL, "T", 0, MRSE_KIND_B0),
    NUMBER(0x0018, 0x0088, "DS", "SpacingBetweenSlices", NULL, "mm", -3, MRSE_KIND_LENGTH),
    NUMBER(0x0018, 0x0089, "IS", "NumberOfPhaseEncodingSteps", NULL, "", 0, MRSE_KIND_NONE),
    NUMBER(0x0018, 0x0091, "IS", "EchoTrainLength", NULL, "", 0, MRSE_KIND_NONE),
    NUMBER(0x0018, 0x0093, "DS", "PercentSampling", NULL, "%", -2, MRSE_KIND_RATIO),
    NUMBER(0x0018, 0x0095, "DS", "PixelBandwidth", NULL, "Hz", 0, MRSE_KIND_FREQUENCY),
    WORDS(0x0018, 0x1020, "LO", "SoftwareVersions", NULL),
    TYPED(0x0018, 0x1030, "LO", "ProtocolName"),
    WORDS(0x0018, 0x1250, "SH", "ReceiveCoilName", NULL),
    WORDS(0x0018, 0x1251, "SH", "TransmitCoilName", NULL),
    NUMBER(0x0018, 0x1314, "DS", "FlipAngle", NULL, "deg", 0, MRSE_KIND_ANGLE),
    NUMBER(0x0018, 0x1316, "DS", "SAR", NULL, "W/kg", 0, MRSE_KIND_SAR_WHOLE_BODY),
    NUMBER(0x0018, 0x1318, "DS", "dBdt", NULL, "T/s", 0, MRSE_KIND_DBDT_PEAK),
    NUMBER(0x0018, 0x1320, "FL", "B1rms", NULL, "uT", -6, MRSE_KIND_B1_RMS),
    WORDS(0x0018, 0x5100, "CS", "PatientPosition", NULL),
    WORDS(0x0018, 0x9005, "SH", "PulseSequenceName", "SequenceName"),
    NESTED(0x0018, 0x9006, DICOM_PUBLIC, "MRImagingModifierSequence"),
    WORDS(0x0018, 0x9008, "CS", "EchoPulseSequence", NULL),
    WORDS(0x0018, 0x9009, "CS", "InversionRecovery", NULL),
    WORDS(0x0018, 0x9014, "CS", "PhaseContrast", NULL),
    WORDS(0x0018, 0x9020, "CS", "MagnetizationTransfer", NULL),
    NESTED(0x0018, 0x9042, DICOM_PUBLIC, "MRReceiveCoilSequence"),
    NESTED(0x0018, 0x9049, DICOM_PUBLIC, "MRTransmitCoilSequence"),
    WORDS(0x0018, 0x9051, "CS", "TransmitCoilType", NULL),
    NUMBER(0x0018, 0x9058, "US", "MRAcquisitionFrequencyEncodingSteps", NULL, "", 0,
           MRSE_KIND_NONE),
    NUMBER(0x0018, 0x9073, "FD", "AcquisitionDuration", NULL, "s", 0, MRSE_KIND_TIME),
    NUMBER(0x0018, 0x9082, "FD", "EffectiveEchoTime", "EchoTime", "ms", -3, MRSE_KIND_TIME),
    NUMBER(0x0018, 0x9098, "FD", "TransmitterFrequency", "ImagingFrequency", "MHz", 6,
           MRSE_KIND_FREQUENCY),
    NESTED(0x0018, 0x9112, DICOM_PUBLIC, "MRTimingAndRelatedParametersSequence"),
    NESTED(0x0018, 0x9114, DICOM_PUBLIC, "MREchoSequence"),
    NESTED(0x0018, 0x9115, DICOM_PUBLIC, "MRModifierSequence"),
    NESTED(0x0018, 0x9119, DICOM_PUBLIC, "MRAveragesSequence"),
    NESTED(0x0018, 0x9125, DICOM_PUBLIC, "MRFOVGeometrySequence"),
    WORDS(0x0018, 0x9174, "CS", "ApplicableSafetyStandardAgency", NULL),
    NESTED(0x0018, 0x9176, DICOM_PUBLIC, "OperatingModeSequence"),
    WORDS(0x0018, 0x9177, "CS", "OperatingModeType", NULL),
    WORDS(0x0018, 0x9178, "CS", "OperatingMode", NULL),
    WORDS(0x0018, 0x9179, "CS", "SpecificAbsorptionRateDefinition", NULL),
    WORDS(0x0018, 0x9180, "CS", "GradientOutputType", NULL),
    NUMBER(0x0018, 0x9181, "FD", "SpecificAbsorptionRateValue", NULL, "", 0, MRSE_KIND_NONE),
    NUMBER(0x0018, 0x9182, "FD", "GradientOutput", NULL, "", 0, MRSE_KIND_NONE),
    NUMBER(0x0018, 0x9231, "US", "MRAcquisitionPhaseEncodingStepsInPlane", NULL, "", 0,
           MRSE_KIND_NONE),
    NESTED(0x0018, 0x9239, DICOM_PUBLIC, "SpecificAbsorptionRateSequence"),
    NUMBER(0x0018, 0x9240, "US", "RFEchoTrainLength", NULL, "", 0, MRSE_KIND_NONE),
    NUMBER(0x0018, 0x9241, "US", "GradientEchoTrainLength", NULL, "", 0, MRSE_KIND_NONE),
    GE(0x0019, 0x84, DICOM_GE_ACQU, "DS", "GEPeakSAR", "W/kg"),
    GE(0x0019, 0x85, DICOM_GE_ACQU, "SS", "GEMonitorSAR", ""),
    NUMBER(0x0028, 0x0010, "US", "Rows", NULL, "", 0, MRSE_KIND_NONE),
    NUMBER(0x0028, 0x0011, "US", "Columns", NULL, "", 0, MRSE_KIND_NONE),
    NESTED(0x0028, 0x9110, DICOM_PUBLIC, "PixelMeasuresSequence"),
    GE(0x0043, 0x0B, DICOM_GE_PARM, "DS", "GEdBdtPeak", ""),
    GE(0x0043, 0x0C, DICOM_GE_PARM, "DS", "GEdBdtLimitPercent", "%"),
    GE(0x0043, 0x0D, DICOM_GE_PARM, "DS", "GEPSDEstimatedLimit", "%"),
    GE(0x0043, 0x0E, DICOM_GE_PARM, "DS", "GEPSDEstimatedLimitTeslaPerSecond", "T/s"),
    GE(0x0043, 0x89, DICOM_GE_PARM, "LO", "GEGoverningBody", ""),
    GE(0x0043, 0x90, DICOM_GE_PARM, "LO", "GESARDefinition", ""),
    GE(0x0043, 0x91, DICOM_GE_PARM, "DS", "GESARValue", "W/kg"),
    NESTED(0x2005, 0x0F, DICOM_PHILIPS_FRAME, "PhilipsPerFrameSequence"),
    NESTED(0x5200, 0x9229, DICOM_PUBLIC, "SharedFunctionalGroupsSequence"),
    NESTED(0x5200, 0x9230, DICOM_PUBLIC, "PerFrameFunctionalGroupsSequence"),
};

const dicom_tag *dicom_tag_find(uint16_t group, uint16_t element, dicom_creator creator)
{
    uint16_t listed = creator == DICOM_PUBLIC ? element : element & 0xFF;
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        if (tags[i].group == group && tags[i].element == listed && tags[i].creator == creator)
            return &tags[i];
    }
    return NULL;
}

dicom_creator dicom_creator_of(const char *text)
{
    static const char philips[] = "Philips MR Imaging DD ";
    if (strcmp(text, "GEMS_ACQU_01") == 0)
        return DICOM_GE_ACQU;
    if (strcmp(text, "GEMS_PARM_01") == 0)
        return DICOM_GE_PARM;
    if (strcmp(text, "SIEMENS CSA HEADER") == 0)
        return DICOM_SIEMENS_CSA;
    return strncmp(text, philips, sizeof philips - 1) == 0 ? DICOM_PHILIPS_FRAME : DICOM_STRANGER;
}

/* --- Siemens CSA ------------------------------------------------------------------------------- */

static const char *const csa_names[] = {
    "AcquisitionMatrixText",
    "BandwidthPerPixelPhaseEncode",
    "EchoTrainLength",
    "FlowCompensation",
    "GradientMode",
    "RfWatchdogMask",
    "SW_korr_faktor",
    "Sed",
    "Stim_faktor",
    "Stim_lim",
    "Stim_max_ges_norm_online",
    "Stim_max_online",
    "Stim_mon_mode",
    "TransmitterCalibration",
    "UsedPatientWeight",
    "dBdt_limit",
    "dBdt_max",
    "dBdt_thresh",
};

/* '#' stands for a number of one or two digits. */
static const char *const protocol_names[] = {
    "adFlipAngleDegree[#]",
    "alTR[#]",
    "lContrasts",
    "lScanTimeSec",
    "lTotalScanTimeSec",
    "sAngio.ucPCFlowMode",
    "sFastImaging.lTurboFactor",
    "sGRADSPEC.ucMode",
    "sKSpace.lPhaseEncodingLines",
    "sKSpace.ucPhasePartialFourier",
    "sPat.lAccelFactPE",
    "sPrepPulses.ucFatSat",
    "sProtConsistencyInfo.flNominalB0",
    "sSliceAcceleration.lMultiBandFactor",
    "sSliceArray.lSize",
    "sTXSPEC.aRFPULSE[#].flAmplitude",
    "sTXSPEC.aRFPULSE[#].tName",
    "sTXSPEC.asNucleusInfo[0].flReferenceAmplitude",
    "sTXSPEC.lB1ShimMode",
    "sTXSPEC.ucExcitMode",
    "sTXSPEC.ucRFPulseType",
    "tSequenceFileName",
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_like(const char *name, const char *pattern)
{
    for (; *pattern != '\0'; pattern++) {
        if (*pattern == '#') {
            if (!is_digit(*name))
                return false;
            name += is_digit(name[1]) ? 2 : 1;
        } else if (*name++ != *pattern) {
            return false;
        }
    }
    return *name == '\0';
}

static bool is_listed(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (is_like(name, list[i]))
            return true;
    }
    return false;
}

bool dicom_csa_listed(const char *name)
{
    return is_listed(name, csa_names, sizeof csa_names / sizeof csa_names[0]);
}

bool dicom_protocol_listed(const char *name)
{
    return is_listed(name, protocol_names, sizeof protocol_names / sizeof protocol_names[0]);
}

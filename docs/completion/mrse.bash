# bash completion for mrse; made by 'mrse help --completion'
_mrse() {
    local word=${COMP_WORDS[COMP_CWORD]} options=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W 'field survey sequence modify object dicom assess worksheet verify portfolio check units methods selftest help --help --version' -- "$word"))
        return
    fi
    case $word in
    -*)
        options=$("${COMP_WORDS[0]}" "${COMP_WORDS[1]}" --list-options 2>/dev/null)
        COMPREPLY=($(compgen -W "$options" -- "$word"))
        case ${COMPREPLY[0]-} in
        *=) compopt -o nospace ;;
        esac
        ;;
    *)
        compopt -o default
        ;;
    esac
}
complete -F _mrse mrse
